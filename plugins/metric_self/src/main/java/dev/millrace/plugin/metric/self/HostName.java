package dev.millrace.plugin.metric.self;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this host. */
final class HostName {
    private HostName() {}

    /** The name, or {@code localhost} where the system does not know one. */
    static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
