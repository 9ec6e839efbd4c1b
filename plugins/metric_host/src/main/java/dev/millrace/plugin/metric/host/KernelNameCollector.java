package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.util.List;

/** The names and versions that uname(2) gives, from files below /proc/sys/kernel. */
final class KernelNameCollector implements Collector {
    private final ProcText text = new ProcText();
    private final Family info;
    private final List<LabelFile> names;
    /** Since Linux 6.1. */
    private final LabelFile machine;

    private Series series;

    KernelNameCollector(Host host) {
        info = host.families().gauge("node_uname_info", "What uname(2) says; the value is 1.");
        names = List.of(
                new LabelFile("sysname", host.proc("sys/kernel/ostype")),
                new LabelFile("release", host.proc("sys/kernel/osrelease")),
                new LabelFile("version", host.proc("sys/kernel/version")),
                new LabelFile("nodename", host.proc("sys/kernel/hostname")),
                new LabelFile("domainname", host.proc("sys/kernel/domainname")));
        machine = new LabelFile("machine", host.proc("sys/kernel/arch"));
        series = series();
    }

    @Override
    public void collect(Samples samples) {
        boolean otherMachine = machine.refresh(text);
        if (LabelFile.refresh(names, text) || otherMachine) {
            series = series();
        }
        samples.add(series, 1);
    }

    private Series series() {
        return info.series(LabelFile.labels(
                names,
                "machine",
                machine.value().isEmpty() ? machineOf(System.getProperty("os.arch")) : machine.value()));
    }

    /** What the kernel calls the architecture that the JVM calls {@code name}. */
    static String machineOf(String name) {
        return switch (name) {
            case "amd64" -> "x86_64";
            case "x86" -> "i686";
            default -> name;
        };
    }
}
