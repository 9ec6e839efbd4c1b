package dev.millrace.distribution.run;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pages like those of a node exporter: families of 16 series, three to six labels each, {@code __name__} among them. */
public final class ExporterPage {
    private static final int SERIES_OF_A_FAMILY = 16;
    private static final String[] MODES = {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"};
    private static final String[] SUBJECTS = {
        "cpu_seconds_total",
        "disk_io_time_seconds_total",
        "disk_read_bytes_total",
        "disk_written_bytes_total",
        "filesystem_avail_bytes",
        "filesystem_files",
        "filesystem_size_bytes",
        "hwmon_temp_celsius",
        "interrupts_total",
        "netstat_Tcp_InSegs",
        "network_receive_bytes_total",
        "network_transmit_packets_total",
        "schedstat_running_seconds_total",
        "sockstat_TCP_alloc",
        "softnet_processed_total",
        "vmstat_pgfault"
    };

    private ExporterPage() {}

    /** A page of some series; the series are the same for every seed, the values are not. */
    public static byte[] of(int series, long seed) {
        StringBuilder page = new StringBuilder();
        Random random = new Random(seed);
        for (int i = 0; i < series; i++) {
            int family = i / SERIES_OF_A_FAMILY;
            String name = "node_" + SUBJECTS[family % SUBJECTS.length] + "_" + family / SUBJECTS.length;
            if (i % SERIES_OF_A_FAMILY == 0) {
                page.append("# HELP ")
                        .append(name)
                        .append(" What ")
                        .append(name)
                        .append(" counts.\n");
                page.append("# TYPE ").append(name).append(" counter\n");
            }
            page.append(name);
            labels(page, i % SERIES_OF_A_FAMILY, 2 + family % 4);
            page.append(' ').append(value(random)).append('\n');
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void labels(StringBuilder page, int member, int labels) {
        page.append("{cpu=\"").append(member).append("\",mode=\"").append(MODES[member % MODES.length]);
        if (labels > 2) {
            page.append("\",device=\"/dev/mapper/vg0-volume").append(member);
        }
        if (labels > 3) {
            page.append("\",fstype=\"ext4");
        }
        if (labels > 4) {
            page.append("\",mountpoint=\"/var/lib/containers/overlay/").append(member * 7919);
        }
        page.append("\"}");
    }

    private static String value(Random random) {
        return random.nextInt(3) == 0
                ? Integer.toString(random.nextInt(1000))
                : Double.toString(random.nextInt(1_000_000) / 100.0);
    }
}
