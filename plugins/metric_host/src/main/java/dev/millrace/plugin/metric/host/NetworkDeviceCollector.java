package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The traffic of network devices, from /proc/net/dev (proc(5)), and what no protocol wanted, which is below /sys/class/net.
 */
final class NetworkDeviceCollector implements Collector {
    private static final int TITLE_LINES = 2;

    private final Path file;
    private final Host host;
    private final ProcText text = new ProcText();
    private final ProcText single = new ProcText();
    private final Predicate<String> excluded;
    private final List<Family> columns;
    private final Family unwanted;
    private final ByName<Optional<Device>> devices = new ByName<>(this::device);

    NetworkDeviceCollector(Host host) {
        this.host = host;
        file = host.proc("net/dev");
        excluded = host.options().excludedNetworkDevice();
        columns = Stream.of(
                        "receive_bytes",
                        "receive_packets",
                        "receive_errs",
                        "receive_drop",
                        "receive_fifo",
                        "receive_frame",
                        "receive_compressed",
                        "receive_multicast",
                        "transmit_bytes",
                        "transmit_packets",
                        "transmit_errs",
                        "transmit_drop",
                        "transmit_fifo",
                        "transmit_colls",
                        "transmit_carrier",
                        "transmit_compressed")
                .map(this::family)
                .toList();
        unwanted = family("receive_nohandler");
    }

    /** The series of a device, in the order of the columns, and the file and series of what no protocol wanted. */
    private record Device(List<Series> series, Optional<Path> unwantedFile, Series unwanted) {}

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file);
        for (int line = 0; text.nextLine(); line++) {
            if (line >= TITLE_LINES && text.nextFieldBefore(':')) {
                Optional<Device> device = devices.of(text);
                if (device.isPresent()) {
                    text.skipSeparator();
                    add(device.get(), samples);
                }
            }
        }
        devices.endRound();
    }

    private void add(Device device, Samples samples) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            samples.add(device.series().get(i), text.nextNumber());
        }
        if (device.unwantedFile().isPresent()) {
            single.read(device.unwantedFile().get()).nextLine();
            samples.add(device.unwanted(), single.nextNumber());
        }
    }

    private Optional<Device> device(String name) {
        if (excluded.test(name)) {
            return Optional.empty();
        }
        Path file = host.sys("class/net/" + name + "/statistics/rx_nohandler");
        return Optional.of(new Device(
                columns.stream().map(family -> family.series("device", name)).toList(),
                Optional.of(file).filter(Files::exists),
                unwanted.series("device", name)));
    }

    private Family family(String column) {
        return host.families()
                .counter(
                        "node_network_" + column + "_total",
                        column.replace('_', ' ') + ", as /proc/net/dev and /sys/class/net count it.");
    }
}
