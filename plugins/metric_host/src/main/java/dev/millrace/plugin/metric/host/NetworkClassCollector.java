package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The properties of network devices: files below {@code /sys/class/net/DEVICE} (Documentation/ABI/testing/sysfs-class-net of
 * Linux). Those that a device does not give, such as the speed of one that is down, have no sample.
 */
final class NetworkClassCollector implements Collector {
    private static final double BYTES_OF_A_MEGABIT = 125_000;

    private final Path folder;
    private final ProcText text = new ProcText();
    private final Predicate<String> excluded;
    private final List<Property> properties;
    private final Family up;
    private final Family info;
    private final Map<String, NetworkClass> devices = new HashMap<>();

    NetworkClassCollector(Host host) {
        folder = host.sys("class/net");
        excluded = host.options().excludedNetworkDevice();
        Families families = host.families();
        up = families.gauge("node_network_up", "Whether a network device is up, 1 or 0.");
        info = families.gauge("node_network_info", "What a network device is; the value is 1.");
        properties = List.of(
                gauge(families, "address_assign_type", "addr_assign_type", 1),
                gauge(families, "carrier", "carrier", 1),
                counter(families, "carrier_changes_total", "carrier_changes"),
                counter(families, "carrier_up_changes_total", "carrier_up_count"),
                counter(families, "carrier_down_changes_total", "carrier_down_count"),
                gauge(families, "device_id", "dev_id", 1),
                gauge(families, "dormant", "dormant", 1),
                gauge(families, "flags", "flags", 1),
                gauge(families, "iface_id", "ifindex", 1),
                gauge(families, "iface_link", "iflink", 1),
                gauge(families, "iface_link_mode", "link_mode", 1),
                gauge(families, "mtu_bytes", "mtu", 1),
                gauge(families, "name_assign_type", "name_assign_type", 1),
                gauge(families, "net_dev_group", "netdev_group", 1),
                gauge(families, "speed_bytes", "speed", BYTES_OF_A_MEGABIT),
                gauge(families, "transmit_queue_length", "tx_queue_len", 1),
                gauge(families, "protocol_type", "type", 1));
    }

    /**
     * A property that is a number.
     *
     * @param factor how much one of the file is in the unit of its series
     */
    record Property(Family family, String file, double factor) {}

    @Override
    public void collect(Samples samples) throws IOException {
        Set<String> present = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            for (Path device : folders) {
                String name = String.valueOf(device.getFileName());
                if (!excluded.test(name) && Files.isDirectory(device)) {
                    present.add(name);
                    devices.computeIfAbsent(name, one -> new NetworkClass(one, device, properties, up, info))
                            .add(text, samples);
                }
            }
        }
        devices.keySet().retainAll(present);
    }

    private static Property gauge(Families families, String name, String file, double factor) {
        return new Property(families.gauge("node_network_" + name, help(file)), file, factor);
    }

    private static Property counter(Families families, String name, String file) {
        return new Property(families.counter("node_network_" + name, help(file)), file, 1);
    }

    private static String help(String file) {
        return "The property " + file + " of a network device.";
    }
}
