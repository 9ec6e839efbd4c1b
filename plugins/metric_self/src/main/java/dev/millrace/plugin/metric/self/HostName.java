package dev.millrace.plugin.metric.self;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host: that of the kernel, as in the metrics of the host; where there is no such file, what is found by address. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The name, or {@code localhost} where the system does not know one. */
    static String get() {
        try {
            return Files.readString(KERNEL).trim();
        } catch (IOException elsewhere) {
            return byAddress();
        }
    }

    private static String byAddress() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
