package dev.millrace.plugin.metric.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.reading.Samples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of files of /proc that have no devices in them. */
final class KernelFilesTest {
    private static final String STAT = """
            cpu  5 5 5 5 5 5 5 5 5 5
            cpu0 101 2 3 400 5 6 7 8 9 10
            cpu11 1 2 3 4
            intr 18446744073709551615 0 0 1
            ctxt 75545557
            btime 1795453731
            processes 550803
            procs_running 3
            procs_blocked 0
            softirq 14225131 0 2188232
            something_new 1 2 3
            """;

    private RecordedHost host;

    @BeforeEach
    void record(@TempDir Path folder) throws IOException {
        host = new RecordedHost(folder);
    }

    @Test
    void processorsHaveTheModesThatTheirKernelHas() throws IOException {
        assertThat(host.file("proc/stat", STAT).read(CollectorKind.CPU))
                .containsExactly(
                        "node_cpu_seconds_total{cpu=0, mode=user} 1.01",
                        "node_cpu_seconds_total{cpu=0, mode=nice} 0.02",
                        "node_cpu_seconds_total{cpu=0, mode=system} 0.03",
                        "node_cpu_seconds_total{cpu=0, mode=idle} 4",
                        "node_cpu_seconds_total{cpu=0, mode=iowait} 0.05",
                        "node_cpu_seconds_total{cpu=0, mode=irq} 0.06",
                        "node_cpu_seconds_total{cpu=0, mode=softirq} 0.07",
                        "node_cpu_seconds_total{cpu=0, mode=steal} 0.08",
                        "node_cpu_guest_seconds_total{cpu=0, mode=user} 0.09",
                        "node_cpu_guest_seconds_total{cpu=0, mode=nice} 0.1",
                        "node_cpu_seconds_total{cpu=11, mode=user} 0.01",
                        "node_cpu_seconds_total{cpu=11, mode=nice} 0.02",
                        "node_cpu_seconds_total{cpu=11, mode=system} 0.03",
                        "node_cpu_seconds_total{cpu=11, mode=idle} 0.04");
    }

    @Test
    void idleTimeThatTheKernelSetsBackALittleStays() throws IOException {
        Collector collector = host.file("proc/stat", "cpu0 0 0 0 1000\n").collector(CollectorKind.CPU);
        RecordedHost.read(collector);
        host.file("proc/stat", "cpu0 0 0 0 990\n");
        assertThat(RecordedHost.read(collector)).contains("node_cpu_seconds_total{cpu=0, mode=idle} 10");
        host.file("proc/stat", "cpu0 0 0 0 5\n");
        assertThat(RecordedHost.read(collector)).contains("node_cpu_seconds_total{cpu=0, mode=idle} 0.05");
    }

    @Test
    void countersOfTheKernelBeganWithTheHost() throws IOException {
        host.file("proc/stat", STAT);
        assertThat(host.read(CollectorKind.STAT))
                .containsExactly(
                        "node_intr_total 1.8446744073709552E19",
                        "node_context_switches_total 75545557",
                        "node_boot_time_seconds 1795453731",
                        "node_forks_total 550803",
                        "node_procs_running 3",
                        "node_procs_blocked 0");
        Samples samples = new Samples();
        host.collector(CollectorKind.STAT).collect(samples);
        var batch = samples.batch(RecordedHost.NOW);
        assertThat(batch.startTimestamp(0)).isEqualTo(1_795_453_731_000L);
        assertThat(batch.startTimestamp(4)).as("a gauge").isZero();
    }

    @Test
    void memoryIsInBytesWhereItIsInKilobytes() throws IOException {
        assertThat(host.file("proc/meminfo", """
                        MemTotal:       24684096 kB
                        Active(anon):       1536 kB
                        HugePages_Total:       7
                        NewField: 3 kB
                        no field
                        """).read(CollectorKind.MEMINFO))
                .containsExactly(
                        "node_memory_MemTotal_bytes 25276514304",
                        "node_memory_Active_anon_bytes 1572864",
                        "node_memory_HugePages_Total 7",
                        "node_memory_NewField_bytes 3072");
    }

    @Test
    void whatIsNoNumberFailsWithItsPlace() throws IOException {
        host.file("proc/meminfo", "MemTotal: 1 kB\nMemFree: many kB\n");
        assertThatThrownBy(() -> host.read(CollectorKind.MEMINFO))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("proc/meminfo: line 2: 'many' (expected: a number)");
        host.file("proc/loadavg", "0.5 0.25\n");
        assertThatThrownBy(() -> host.read(CollectorKind.LOADAVG)).hasMessageContaining("loadavg: line 1: ''");
        host.file("proc/loadavg", "");
        assertThatThrownBy(() -> host.read(CollectorKind.LOADAVG)).hasMessageContaining("(expected: a number)");
    }

    @Test
    void loadFilesAndPaging() throws IOException {
        host.file("proc/loadavg", "3.87 6.16 0.00 1/85 31745\n")
                .file("proc/sys/fs/file-nr", "492\t0\t9223372036854775807\n")
                .file("proc/vmstat", "nr_free_pages 1\npgpgin 2\npswpout 3\npgmajfault 4\noom_kill 5\npgalloc_dma 6\n");
        assertThat(host.read(CollectorKind.LOADAVG))
                .containsExactly("node_load1 3.87", "node_load5 6.16", "node_load15 0");
        assertThat(host.read(CollectorKind.FILEFD))
                .containsExactly("node_filefd_allocated 492", "node_filefd_maximum 9.223372036854776E18");
        assertThat(host.read(CollectorKind.VMSTAT))
                .containsExactly(
                        "node_vmstat_pgpgin 2",
                        "node_vmstat_pswpout 3",
                        "node_vmstat_pgmajfault 4",
                        "node_vmstat_oom_kill 5");
    }

    @Test
    void protocolsAreReadFromThreeFilesOfTwoForms() throws IOException {
        host.file("proc/net/netstat", """
                        TcpExt: SyncookiesSent Pruned ListenDrops
                        TcpExt: 1 2 3
                        IpExt: InOctets NewField
                        IpExt: 66564409912 5
                        """)
                .file("proc/net/snmp", """
                        Tcp: RtoAlgorithm MaxConn CurrEstab InErrs
                        Tcp: 1 -1 2 0
                        """)
                .file("proc/net/snmp6", "Ip6InOctets                    7568\nIcmp6InMsgs 3\nIcmp6InType136 9\n");
        assertThat(host.read(CollectorKind.NETSTAT))
                .containsExactly(
                        "node_netstat_TcpExt_SyncookiesSent 1",
                        "node_netstat_TcpExt_ListenDrops 3",
                        "node_netstat_IpExt_InOctets 66564409912",
                        "node_netstat_Tcp_CurrEstab 2",
                        "node_netstat_Tcp_InErrs 0",
                        "node_netstat_Ip6_InOctets 7568",
                        "node_netstat_Icmp6_InMsgs 3");
        host.file("proc/net/snmp", "Tcp: CurrEstab\n");
        assertThatThrownBy(() -> host.read(CollectorKind.NETSTAT))
                .hasMessageContaining("snmp: line 1")
                .hasMessageContaining("(expected: numbers below a line of names)");
    }

    @Test
    void socketsMayLackTheSecondFile() throws IOException {
        host.file("proc/net/sockstat", "sockets: used 18\nTCP: inuse 4 orphan 0 mem 122\nFRAG: inuse 0 memory 0\n");
        assertThat(host.read(CollectorKind.SOCKSTAT))
                .containsExactly(
                        "node_sockstat_sockets_used 18",
                        "node_sockstat_TCP_inuse 4",
                        "node_sockstat_TCP_orphan 0",
                        "node_sockstat_TCP_mem 122",
                        "node_sockstat_TCP_mem_bytes " + 122 * PageSize.bytes(),
                        "node_sockstat_FRAG_inuse 0",
                        "node_sockstat_FRAG_memory 0");
    }

    @Test
    void theKernelHasANameAndAClock() throws IOException {
        host.file("proc/sys/kernel/ostype", "Linux\n")
                .file("proc/sys/kernel/osrelease", "6.1.0\n")
                .file("proc/sys/kernel/version", "#1 SMP\n")
                .file("proc/sys/kernel/hostname", "north\n")
                .file("sys/devices/system/clocksource/clocksource0/available_clocksource", "kvm-clock tsc \n")
                .file("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
        String machine = KernelNameCollector.machineOf(System.getProperty("os.arch"));
        assertThat(host.read(CollectorKind.UNAME))
                .containsExactly("node_uname_info{machine=" + machine
                        + ", nodename=north, release=6.1.0, sysname=Linux, version=#1 SMP} 1");
        assertThat(host.read(CollectorKind.TIME))
                .contains(
                        "node_time_seconds 1.7672256005E9",
                        "node_time_clocksource_available_info{clocksource=kvm-clock, device=0} 1",
                        "node_time_clocksource_available_info{clocksource=tsc, device=0} 1",
                        "node_time_clocksource_current_info{clocksource=tsc, device=0} 1")
                .hasSize(5);
    }

    @Test
    void processesCountByState() throws IOException {
        String tail = " 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 2 0 6 0\n";
        host.file("proc/1/stat", "1 (a) b) S" + tail)
                .file("proc/1/task/1/stat", "1 (a) b) S" + tail)
                .file("proc/1/task/2/stat", "2 (a) b) R" + tail)
                .file("proc/77/stat", "ended")
                .file("proc/sys/kernel/threads-max", "192731\n")
                .file("proc/sys/kernel/pid_max", "32768\n");
        Collector collector = host.collector(CollectorKind.PROCESSES);
        RecordedHost.read(collector);
        assertThat(RecordedHost.read(collector))
                .containsExactly(
                        "node_processes_pids 1",
                        "node_processes_threads 2",
                        "node_processes_max_threads 192731",
                        "node_processes_max_processes 32768",
                        "node_processes_state{state=S} 1",
                        "node_processes_threads_state{thread_state=R} 1",
                        "node_processes_threads_state{thread_state=S} 1");
    }
}
