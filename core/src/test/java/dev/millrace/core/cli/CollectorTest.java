package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectorTest {
    @TempDir
    Path data;

    private void assertNotRunning(String expected) {
        assertThatThrownBy(() -> new Collector(data).ask("GET", "/", 1000))
                .isInstanceOf(NotRunningException.class)
                .hasMessage(expected);
    }

    @Test
    void withoutAnAddressNoneRuns() {
        assertNotRunning("no collector runs with the data folder " + data + "; --data names another");
    }

    @Test
    void anAddressWhereNothingListensIsLeftFromAKill() throws Exception {
        String address;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + closed.getLocalPort();
        }
        Path file = Files.writeString(data.resolve("admin.address"), address + "\n");
        assertNotRunning("nothing listens at " + address + " (" + file
                + " is left from a collector that was killed); start it with bin/millrace run");
    }

    @Test
    void whatIsNoAddressIsSaidSo() throws Exception {
        Path file = Files.writeString(data.resolve("admin.address"), "127.\u0000.0 1:1\n");
        assertNotRunning(file + ": not an address (expected: HOST:PORT); the collector writes it anew when it starts");
    }

    @Test
    void whoMayNotReadTheAddressIsToldSo() throws Exception {
        Path file = Files.writeString(data.resolve("admin.address"), "127.0.0.1:1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        assertNotRunning("no permission for " + file + "; run as root or as its owner");
    }
}
