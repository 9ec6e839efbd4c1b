package dev.millrace.plugin.metric.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of disks and network devices. */
final class DevicesTest {
    private RecordedHost host;

    @BeforeEach
    void record(@TempDir Path folder) throws IOException {
        host = new RecordedHost(folder);
    }

    @Test
    void disksHaveTheColumnsOfTheirKernel() throws IOException {
        host.file("proc/diskstats", """
                   7       0 loop0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
                 254       0 vda 1 2 3 4000 5 6 7 8 9 10 11
                 254       1 vda1 1 2 3 4 5 6 7 8 9 10 11
                 259       0 nvme0n1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
                """)
                .file("root/run/udev/data/b259:0", "S:disk/by-id/x\nE:ID_MODEL=Fast\nE:ID_WWN=eui.1\nE:BROKEN\n");
        assertThat(host.read(CollectorKind.DISKSTATS))
                .startsWith(
                        "node_disk_info{device=vda, major=254, minor=0} 1",
                        "node_disk_reads_completed_total{device=vda} 1",
                        "node_disk_reads_merged_total{device=vda} 2",
                        "node_disk_read_bytes_total{device=vda} 1536",
                        "node_disk_read_time_seconds_total{device=vda} 4",
                        "node_disk_writes_completed_total{device=vda} 5",
                        "node_disk_writes_merged_total{device=vda} 6",
                        "node_disk_written_bytes_total{device=vda} 3584",
                        "node_disk_write_time_seconds_total{device=vda} 0.008",
                        "node_disk_io_now{device=vda} 9",
                        "node_disk_io_time_seconds_total{device=vda} 0.01",
                        "node_disk_io_time_weighted_seconds_total{device=vda} 0.011",
                        "node_disk_info{device=nvme0n1, major=259, minor=0, model=Fast, wwn=eui.1} 1")
                .endsWith(
                        "node_disk_discards_completed_total{device=nvme0n1} 12",
                        "node_disk_discards_merged_total{device=nvme0n1} 13",
                        "node_disk_discarded_sectors_total{device=nvme0n1} 14",
                        "node_disk_discard_time_seconds_total{device=nvme0n1} 0.015",
                        "node_disk_flush_requests_total{device=nvme0n1} 16",
                        "node_disk_flush_requests_time_seconds_total{device=nvme0n1} 0.017")
                .hasSize(12 + 18);
    }

    @Test
    void aLineOfTooFewColumnsIsNotGuessedAt() throws IOException {
        host.file("proc/diskstats", " 8 0 sda 1 2 3 4 5\n");
        assertThatThrownBy(() -> host.read(CollectorKind.DISKSTATS))
                .hasMessageContaining("diskstats: line 1")
                .hasMessageContaining("at least 11 columns");
    }

    @Test
    void networkDevicesCountWhatGoesBothWays() throws IOException {
        host.file("proc/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                  eth0:1364822547 46672    0    1    2     3          4         5  3762656   33351    6    7    8     9       10          11
                    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
                """)
                .file("sys/class/net/eth0/statistics/rx_nohandler", "12\n")
                .option("NetworkDeviceExclude", "^lo$");
        assertThat(host.read(CollectorKind.NETDEV))
                .containsExactly(
                        "node_network_receive_bytes_total{device=eth0} 1364822547",
                        "node_network_receive_packets_total{device=eth0} 46672",
                        "node_network_receive_errs_total{device=eth0} 0",
                        "node_network_receive_drop_total{device=eth0} 1",
                        "node_network_receive_fifo_total{device=eth0} 2",
                        "node_network_receive_frame_total{device=eth0} 3",
                        "node_network_receive_compressed_total{device=eth0} 4",
                        "node_network_receive_multicast_total{device=eth0} 5",
                        "node_network_transmit_bytes_total{device=eth0} 3762656",
                        "node_network_transmit_packets_total{device=eth0} 33351",
                        "node_network_transmit_errs_total{device=eth0} 6",
                        "node_network_transmit_drop_total{device=eth0} 7",
                        "node_network_transmit_fifo_total{device=eth0} 8",
                        "node_network_transmit_colls_total{device=eth0} 9",
                        "node_network_transmit_carrier_total{device=eth0} 10",
                        "node_network_transmit_compressed_total{device=eth0} 11",
                        "node_network_receive_nohandler_total{device=eth0} 12");
    }

    @Test
    void propertiesThatADeviceDoesNotGiveHaveNoSample() throws IOException {
        host.file("sys/class/net/eth0/operstate", "up\n")
                .file("sys/class/net/eth0/flags", "0x1003\n")
                .file("sys/class/net/eth0/speed", "-1\n")
                .file("sys/class/net/eth0/address", "02:fc:00:00:00:01\n")
                .file("sys/class/net/eth0/ifalias", "\n")
                .file("sys/class/net/bonding_masters", "bond0\n");
        Collector collector = host.collector(CollectorKind.NETCLASS);
        assertThat(RecordedHost.read(collector))
                .containsExactly(
                        "node_network_flags{device=eth0} 4099",
                        "node_network_speed_bytes{device=eth0} -125000",
                        "node_network_up{device=eth0} 1",
                        "node_network_info{address=02:fc:00:00:00:01, adminstate=up, device=eth0, operstate=up} 1");
        host.file("sys/class/net/eth0/operstate", "down\n").file("sys/class/net/eth0/flags", "0x1002\n");
        assertThat(RecordedHost.read(collector))
                .contains(
                        "node_network_up{device=eth0} 0",
                        "node_network_info{address=02:fc:00:00:00:01, adminstate=down, device=eth0, operstate=down} 1");
    }
}
