package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.peer.NodeExporter;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code metric_host} beside a real node_exporter, with the same collectors and exclusions: the same series, but for what the table
 * of differences in docs/configuration.md names; and counters lie between two readings of the other.
 */
@Tag("servers")
final class HostMetricsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> COLLECTORS = List.of(
            "cpu",
            "diskstats",
            "filefd",
            "filesystem",
            "loadavg",
            "meminfo",
            "netclass",
            "netdev",
            "netstat",
            "processes",
            "sockstat",
            "stat",
            "time",
            "uname",
            "vmstat");
    /* As newer versions of node_exporter have them; the packaged one differs. */
    private static final String MOUNT_POINTS =
            "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)";
    private static final String TYPES =
            "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs"
                    + "|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)$";
    private static final String DISKS = "^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$";
    private static final String PROTOCOL_FIELDS = "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)"
            + "|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
            + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
            + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$";

    @TempDir
    Path folder;

    @Test
    void hasTheSeriesOfNodeExporter() throws Exception {
        List<String> flags = new ArrayList<>(List.of(
                "--collector.disable-defaults",
                "--collector.filesystem.mount-points-exclude=" + MOUNT_POINTS,
                "--collector.filesystem.fs-types-exclude=" + TYPES,
                "--collector.diskstats.device-exclude=" + DISKS,
                "--collector.netdev.device-exclude=^$",
                "--collector.netstat.fields=" + PROTOCOL_FIELDS));
        COLLECTORS.forEach(collector -> flags.add("--collector." + collector));
        try (NodeExporter exporter = NodeExporter.start(folder, flags.toArray(String[]::new));
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("host", """
                    inputs:
                      - Type: metric_host
                        Interval: 1s
                        Instance: here
                        Collectors: %s
                    flushers:
                      - Type: flusher_prometheus
                        Endpoint: '%s'
                    """.formatted(COLLECTORS, receiver.endpoint()));
            millrace.start();
            Map<String, Double> before = series(exporter.page());
            long time = System.currentTimeMillis();
            Map<String, Double> ours = readingAfter(time, receiver, millrace);
            Map<String, Double> after = series(exporter.page());

            assertThat(ours.keySet()).isEqualTo(before.keySet());
            compare(before, ours, after);
        }
    }

    /** All samples of the first reading that began after {@code time}; it is whole when there is one after it. */
    private static Map<String, Double> readingAfter(long time, RemoteWriteReceiver receiver, Millrace millrace) {
        Await.until(
                "two readings",
                DEADLINE,
                () -> samples(receiver)
                                .mapToLong(Sample::timestamp)
                                .filter(one -> one > time)
                                .distinct()
                                .count()
                        > 1,
                () -> String.join("\n", millrace.lines()));
        long reading = samples(receiver)
                .mapToLong(Sample::timestamp)
                .filter(one -> one > time)
                .min()
                .orElseThrow();
        Map<String, Double> series = new TreeMap<>();
        samples(receiver)
                .filter(sample -> sample.timestamp() == reading && !sample.isStale())
                .forEach(sample -> series.put(withoutMeantDifferences(sample.series()), sample.value()));
        return series;
    }

    private static Stream<Sample> samples(RemoteWriteReceiver receiver) {
        return receiver.requests().stream().flatMap(request -> request.samples().stream());
    }

    private static Map<String, Double> series(MetricsPage page) {
        Map<String, Double> series = new TreeMap<>();
        for (MetricsPage.Sample sample : page.samples()) {
            if (isOfTheHost(sample.name())) {
                Map<String, String> labels = new TreeMap<>(sample.labels());
                labels.put("__name__", sample.name());
                labels.put("job", "node");
                labels.put("instance", "here");
                labels.values().removeIf(String::isEmpty);
                List<String> texts = new ArrayList<>();
                labels.forEach((name, value) -> texts.add(name + "=\"" + value + '"'));
                series.put(withoutMeantDifferences(String.join(",", texts)), sample.value());
            }
        }
        return series;
    }

    /** node_exporter's own metrics are not the host's; and some that only real machines have are not there, as the table says. */
    private static boolean isOfTheHost(String name) {
        return name.startsWith("node_")
                && !name.startsWith("node_exporter_")
                && !name.matches(
                        "node_cpu_(info|(core|package)_throttles_total)|node_disk_(ata|filesystem|device_mapper)_.*");
    }

    /** Newer versions have a label more than the packaged one; and processes change their states from moment to moment. */
    private static String withoutMeantDifferences(String series) {
        return series.replaceFirst("adminstate=\"(up|down)\",", "")
                .replaceFirst("(__name__=\"node_processes_.*state)=\"[A-Z]\"", "$1=\"any\"");
    }

    private static void compare(Map<String, Double> before, Map<String, Double> ours, Map<String, Double> after) {
        SoftAssertions all = new SoftAssertions();
        ours.forEach((series, value) -> {
            double first = before.get(series);
            double second = after.getOrDefault(series, first);
            if (isSteady(series)) {
                all.assertThat(value).as(series).isEqualTo(first);
            } else if (series.contains("node_boot_time_seconds")) {
                all.assertThat(Math.abs(value - first)).as(series).isLessThanOrEqualTo(1);
            } else if (isCounter(series)) {
                all.assertThat(value).as(series).isBetween(first - tolerance(first), second + tolerance(second));
            }
        });
        all.assertAll();
        assertThat(ours.keySet().stream().filter(HostMetricsIT::isSteady)).hasSizeGreaterThan(30);
        assertThat(ours.keySet().stream().filter(HostMetricsIT::isCounter)).hasSizeGreaterThan(80);
    }

    private static boolean isSteady(String series) {
        return series.matches("__name__=\"node_(memory_(MemTotal|SwapTotal|Hugepagesize|VmallocTotal|CommitLimit)_bytes"
                + "|filesystem_(size_bytes|files|readonly|device_error)|filefd_maximum|processes_max_.*|time_zone_.*"
                + "|network_(mtu_bytes|flags|iface_id|speed_bytes|up|info|protocol_type|transmit_queue_length)|uname_info|disk_info"
                + "|time_clocksource_.*|scrape_collector_success)\".*");
    }

    private static boolean isCounter(String series) {
        return series.matches("__name__=\"(node_.*_total|node_vmstat_.*|node_time_seconds)\".*")
                || series.matches("__name__=\"node_netstat_.*\".*") && !series.contains("CurrEstab");
    }

    /** Products of fractions are rounded in another order. */
    private static double tolerance(double value) {
        return 1e-9 * Math.abs(value);
    }
}
