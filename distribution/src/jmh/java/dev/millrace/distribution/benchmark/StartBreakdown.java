package dev.millrace.distribution.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a start spends its time on, read from the JVM's log of loaded classes: the first class of each part says when the
 * part began.
 */
final class StartBreakdown {
    private static final Pattern LINE = Pattern.compile("\\[([0-9.]+)s] (\\S+) source: (.*)");

    private static final List<Part> PARTS = List.of(Part.values());

    private final List<double[]> starts = new ArrayList<>();
    private final List<int[]> classes = new ArrayList<>();

    /** A part of a start, and the class that is loaded first in it. */
    private enum Part {
        JVM("the JVM itself", "java.lang.Object"),
        COMMAND_LINE("the command line", "dev.millrace.core.cli.Main"),
        HOST("settings, data folder, logging", "dev.millrace.core.host.Host"),
        JARS("plugins' jars, copied and read (beside it the transport and the admin endpoint)", "dev.millrace.core.plugin.PluginScan"),
        FACTORIES("plugins' factories", "dev.millrace.core.plugin.FactoryLoader"),
        CONFIGURATION("the configuration of pipelines", "dev.millrace.core.config.EntryReader"),
        PIPELINES("pipelines, their journals, the wait for the target's turn", "dev.millrace.core.pipeline.PipelineRunner"),
        SCRAPE("until the first page is asked for", "dev.millrace.core.transport.ConnectAttempt");

        private final String words;
        private final String first;

        Part(String words, String first) {
            this.words = words;
            this.first = first;
        }
    }

    /** The options that make the JVM write the log. */
    static String options(Path log) {
        return "-Xlog:class+load:file=" + log + ":uptime";
    }

    /** Adds a start that took so many milliseconds from the launch of the JVM to the first page. */
    void add(Path log, double milliseconds) throws IOException {
        double[] begun = new double[PARTS.size() + 1];
        Arrays.fill(begun, Double.NaN);
        begun[PARTS.size()] = milliseconds;
        int[] count = new int[3];
        for (String line : Files.readAllLines(log)) {
            Matcher loaded = LINE.matcher(line);
            if (!loaded.matches()) {
                continue;
            }
            count[0]++;
            count[1] += loaded.group(3).startsWith("shared objects") ? 1 : 0;
            count[2] += loaded.group(2).startsWith("dev.millrace.plugin.") ? 1 : 0;
            for (int i = 0; i < PARTS.size(); i++) {
                if (PARTS.get(i).first.equals(loaded.group(2)) && Double.isNaN(begun[i])) {
                    begun[i] = 1000 * Double.parseDouble(loaded.group(1));
                }
            }
        }
        starts.add(begun);
        classes.add(count);
    }

    void print() {
        System.out.println("| part, with an archive | ms |\n| --- | --- |");
        for (int i = 0; i < PARTS.size(); i++) {
            int part = i;
            double took = median(starts.stream()
                    .mapToDouble(begun -> begun[part + 1] - begun[part])
                    .toArray());
            System.out.printf(Locale.ROOT, "| %s | %.0f |%n", PARTS.get(i).words, took);
        }
        int[] last = classes.get(classes.size() - 1);
        System.out.printf(
                Locale.ROOT, "%d classes, %d of them from the archive; %d of plugins%n", last[0], last[1], last[2]);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
