package dev.millrace.plugin.metric.host;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What can be read of a host, by node_exporter's names of collectors. */
public enum CollectorKind {
    /** Time of each processor, by mode. */
    CPU(CpuCollector::new),
    /** Block devices. */
    DISKSTATS(DiskCollector::new),
    /** Open files. */
    FILEFD(FileHandleCollector::new),
    /** Room in file systems. */
    FILESYSTEM(FileSystemCollector::new),
    /** Load averages. */
    LOADAVG(LoadCollector::new),
    /** Memory. */
    MEMINFO(MemoryCollector::new),
    /** Properties of network devices. */
    NETCLASS(NetworkClassCollector::new),
    /** Traffic of network devices. */
    NETDEV(NetworkDeviceCollector::new),
    /** Counters of the network protocols. */
    NETSTAT(NetworkProtocolCollector::new),
    /** Processes and threads by state: reads files of every thread. */
    PROCESSES(ProcessCollector::new),
    /** Sockets in use. */
    SOCKSTAT(SocketCollector::new),
    /** Interrupts, context switches, forks. */
    STAT(KernelCollector::new),
    /** The clock. */
    TIME(TimeCollector::new),
    /** The kernel's name and version. */
    UNAME(KernelNameCollector::new),
    /** Paging. */
    VMSTAT(PagingCollector::new);

    /** Those that cost little. */
    static final Set<CollectorKind> DEFAULT = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(PROCESSES)));

    private final Function<Host, Collector> maker;

    CollectorKind(Function<Host, Collector> maker) {
        this.maker = maker;
    }

    /** Its name in configurations and in labels. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A collector of this kind. */
    Collector collector(Host host) {
        return maker.apply(host);
    }
}
