package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;

/** The open files of the host, from /proc/sys/fs/file-nr (proc(5)): allocated, free, largest number. */
final class FileHandleCollector implements Collector {
    private final Path file;
    private final ProcText text = new ProcText();
    private final Series allocated;
    private final Series maximum;

    FileHandleCollector(Host host) {
        file = host.proc("sys/fs/file-nr");
        allocated = host.families()
                .gauge("node_filefd_allocated", "File handles that are allocated.")
                .series();
        maximum = host.families()
                .gauge("node_filefd_maximum", "The most file handles that may be allocated.")
                .series();
    }

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file).nextLine();
        samples.add(allocated, text.nextNumber());
        text.nextNumber();
        samples.add(maximum, text.nextNumber());
    }
}
