package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux accounts to a process, with all its threads and with the children that it has waited for.
 *
 * @param cpuSeconds processor time in the program and for it in the kernel, to a hundredth of a second
 * @param peakBytes the most memory that was resident at once
 * @param residentBytes the memory that is resident now
 */
public record ProcessFigures(double cpuSeconds, long peakBytes, long residentBytes) {
    /** In which unit {@code /proc} shows times, on every platform that has a JVM. */
    private static final double TICKS_PER_SECOND = 100;

    /** The state of the process is the first field after its name; utime, stime, cutime and cstime follow. */
    private static final int USER_TIME = 11;

    private static final int TIMES = 4;

    /** The figures of a process at this moment. */
    public static ProcessFigures of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        return parse(Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
    }

    /** Reads {@code /proc/PID/stat} and {@code /proc/PID/status}; see proc(5). */
    static ProcessFigures parse(String stat, String status) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new ProcessFigures(ticks / TICKS_PER_SECOND, bytes("VmHWM:", status), bytes("VmRSS:", status));
    }

    private static long bytes(String name, String status) {
        return status.lines()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no " + name + " in\n" + status))
                << 10;
    }
}
