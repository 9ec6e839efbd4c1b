package dev.millrace.plugin.metric.host;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The options of {@code metric_host}.
 *
 * @param interval the time between two readings
 * @param collectors what is read; empty: all but those that cost much
 * @param procPath where the host's /proc is
 * @param sysPath where its /sys is
 * @param rootFsPath where its root folder is
 * @param mountPointsExclude mount points whose file systems are left out
 * @param fsTypesExclude types of file systems that are left out
 * @param diskDeviceExclude block devices that are left out
 * @param networkDeviceExclude network devices that are left out
 * @param job the label job
 * @param instance the label instance; empty: the host's name
 */
@Doc(value = "Reads the metrics of the host, with the names and labels of node_exporter. For Linux.", example = """
        Interval: 30s
        NetworkDeviceExclude: '^(veth|docker)'
        """)
public record HostOptions(
        @Doc("The time between two readings.") @Default("15s")
        Duration interval,

        @Doc(
                value = "What is read, by node_exporter's names of collectors. Without it, all but processes.",
                example = "[cpu, meminfo, filesystem, processes]")
        List<CollectorKind> collectors,

        @Doc("Where the host's /proc is; in a container, where it is mounted.") @Default("/proc")
        Path procPath,

        @Doc("Where the host's /sys is; in a container, where it is mounted.") @Default("/sys")
        Path sysPath,

        @Doc("Where the host's root folder is; in a container, where it is mounted. Mount points are named without it.")
        @Default("/")
        Path rootFsPath,

        @Doc("File systems whose mount point this expression matches in part are left out.")
        @Default("'^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)'")
        String mountPointsExclude,

        @Doc("File systems whose type this expression matches in part are left out.")
        @Default("'^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue"
                + "|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)$'")
        String fsTypesExclude,

        @Doc("Block devices whose name this expression matches in part are left out.")
        @Default("'^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$'")
        String diskDeviceExclude,

        @Doc("Network devices whose name this expression matches in part are left out.") @Default("'^$'")
        String networkDeviceExclude,

        @Doc("The label job.") @Default("node") String job,

        @Doc(value = "The label instance. Without it, the host's name.", example = "'host-1:9100'")
        Optional<String> instance) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    public HostOptions {
        collectors = List.copyOf(collectors);
        if (interval.compareTo(SHORTEST) < 0) {
            throw new InvalidOptionException("interval", interval.toMillis() + "ms (expected: >= 100ms)");
        }
        pattern("mountPointsExclude", mountPointsExclude);
        pattern("fsTypesExclude", fsTypesExclude);
        pattern("diskDeviceExclude", diskDeviceExclude);
        pattern("networkDeviceExclude", networkDeviceExclude);
    }

    /** What is read. */
    Set<CollectorKind> kinds() {
        return collectors.isEmpty() ? CollectorKind.DEFAULT : EnumSet.copyOf(collectors);
    }

    Predicate<String> excludedMountPoint() {
        return pattern("mountPointsExclude", mountPointsExclude).asPredicate();
    }

    Predicate<String> excludedType() {
        return pattern("fsTypesExclude", fsTypesExclude).asPredicate();
    }

    Predicate<String> excludedDisk() {
        return pattern("diskDeviceExclude", diskDeviceExclude).asPredicate();
    }

    Predicate<String> excludedNetworkDevice() {
        return pattern("networkDeviceExclude", networkDeviceExclude).asPredicate();
    }

    private static Pattern pattern(String component, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            InvalidOptionException invalid = new InvalidOptionException(
                    component, expression + " (expected: a regular expression; " + e.getDescription() + ")");
            invalid.initCause(e);
            throw invalid;
        }
    }
}
