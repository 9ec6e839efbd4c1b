package dev.millrace.distribution.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a JVM has spent on classes until now, summed over its threads, read from its performance counters by {@code jcmd}.
 *
 * @param archived how many come from an archive
 * @param others how many were read from jars, or made at run time
 * @param loading milliseconds to load the ones from an archive, and to read and define the others
 * @param linking milliseconds to link them, verification included
 * @param verifying the part of that for verification
 * @param initialising milliseconds of their static initialisers
 */
record ClassTimes(int archived, int others, double loading, double linking, double verifying, double initialising) {
    static ClassTimes of(String java, long pid) throws IOException {
        Process jcmd = new ProcessBuilder(java + "/bin/jcmd", Long.toString(pid), "PerfCounter.print")
                .redirectErrorStream(true)
                .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> counters = new HashMap<>();
        printed.lines().map(line -> line.split("=", 2)).filter(pair -> pair.length == 2).forEach(pair -> counters.put(
                pair[0], pair[1]));
        if (!counters.containsKey("sun.cls.time")) {
            throw new IOException("jcmd printed no counters: " + printed);
        }
        double ticks = number(counters, "sun.os.hrt.frequency") / 1000;
        return new ClassTimes(
                (int) number(counters, "java.cls.sharedLoadedClasses"),
                (int) number(counters, "java.cls.loadedClasses"),
                (number(counters, "sun.cls.sharedClassLoadTime")
                                + number(counters, "sun.cls.sysClassLoadTime")
                                + number(counters, "sun.cls.appClassLoadTime.self")
                                + number(counters, "sun.cls.defineAppClassTime.self"))
                        / ticks,
                number(counters, "sun.cls.classLinkedTime.self") / ticks + verifying(counters, ticks),
                verifying(counters, ticks),
                number(counters, "sun.cls.classInitTime.self") / ticks);
    }

    private static double verifying(Map<String, String> counters, double ticks) {
        return number(counters, "sun.cls.classVerifyTime.self") / ticks;
    }

    private static double number(Map<String, String> counters, String name) {
        return Double.parseDouble(counters.getOrDefault(name, "0"));
    }

    static String header() {
        return "| | classes from the archive | others | loading ms | linking ms | verifying ms | initialising ms |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |";
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.0f | %.0f | %.0f | %.0f |",
                name,
                archived,
                others,
                loading,
                linking,
                verifying,
                initialising);
    }
}
