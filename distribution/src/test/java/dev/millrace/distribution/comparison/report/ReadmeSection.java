package dev.millrace.distribution.comparison.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of the project's README that shows what was measured, and the chart that it shows. */
public final class ReadmeSection {
    private static final String CHART = "distribution/docs/benchmarks/steady.svg";
    private static final String BEGIN = "<!-- measured: written by distribution/benchmarks/bench run --publish -->\n";
    private static final String END = "<!-- end of measured -->\n";

    private ReadmeSection() {}

    /** Writes both below the project's folder. */
    public static void write(Path project, Results results) throws IOException {
        Path readme = project.resolve("README.md");
        String text = replace(Files.readString(readme), results);
        Path chart = project.resolve(CHART);
        Files.createDirectories(chart.resolveSibling("."));
        Files.writeString(chart, Chart.of(results));
        Files.writeString(readme, text);
    }

    /** The text of a README with another section. */
    static String replace(String readme, Results results) throws IOException {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("README.md has no section from '" + BEGIN.strip() + "' to '" + END.strip() + "'");
        }
        return readme.substring(0, begin + BEGIN.length())
                + results.description() + "\n" + results.machine() + ".\n\n![What a sample costs](" + CHART + ")\n\n"
                + TextReport.tables(results)
                + readme.substring(end);
    }
}
