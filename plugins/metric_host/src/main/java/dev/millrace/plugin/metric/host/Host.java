package dev.millrace.plugin.metric.host;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What collectors are made with.
 *
 * @param options what the user set
 * @param families makes the series
 * @param boot when the host was started
 * @param clock what time it is
 */
record Host(HostOptions options, Families families, BootTime boot, Clock clock) {
    /** A file below /proc. */
    Path proc(String name) {
        return options.procPath().resolve(name);
    }

    /** A file below /sys. */
    Path sys(String name) {
        return options.sysPath().resolve(name);
    }
}
