package dev.millrace.distribution.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Results as text, with tables in Markdown: medians over the rounds, and ratios to the first program of the same round. */
public final class TextReport {
    private static final String NOTHING = "-";

    private final Results results;

    private TextReport(Results results) {
        this.results = results;
    }

    /** All of it. */
    public static String of(Results results) {
        return new TextReport(results).text();
    }

    /** The tables alone. */
    static String tables(Results results) {
        return new TextReport(results).tables();
    }

    private String text() {
        StringBuilder text = new StringBuilder(
                "# " + results.scenario() + "\n\n" + results.description() + "\n" + results.machine() + "\n");
        for (String sentence : results.leftOut()) {
            text.append("Left out: ").append(sentence).append('\n');
        }
        text.append('\n').append(tables());
        TextTable commands = new TextTable("program", "started as");
        for (Contestant program : results.programs()) {
            commands.row(program.title(), "`" + program.command() + "`");
        }
        return text.append('\n').append(commands).toString();
    }

    private String tables() {
        StringBuilder text = new StringBuilder();
        for (Part part : results.parts()) {
            if (results.parts().size() > 1) {
                text.append("## ").append(part.title()).append("\n\n");
            }
            text.append(table(part)).append('\n');
        }
        return text + growth();
    }

    private TextTable table(Part part) {
        List<String> head = new ArrayList<>(List.of("program"));
        for (Figure figure : part.figures()) {
            head.add(figure.title());
            if (figure.form() == Figure.Form.RATIO) {
                head.add("ratio");
            }
        }
        TextTable table = new TextTable(head);
        for (Contestant program : results.programs()) {
            List<String> row = new ArrayList<>(List.of(program.title()));
            for (Figure figure : part.figures()) {
                if (figure.form() == Figure.Form.SUM) {
                    row.add(part.sum(program.name(), figure).map(figure::text).orElse(NOTHING));
                    continue;
                }
                row.add(text(part.spread(program.name(), figure), figure::text));
                if (figure.form() == Figure.Form.RATIO) {
                    row.add(text(
                            part.ratio(program.name(), figure, results.first().name()), Spread::ratio));
                }
            }
            table.row(row);
        }
        return table;
    }

    private static String text(Optional<Spread> spread, DoubleFunction<String> figure) {
        return spread.map(there -> there.text(figure)).orElse(NOTHING);
    }

    /** How the figures grow with the series, beside the smallest load: nothing where the load is the same in all parts. */
    private String growth() {
        Part least = results.parts().get(0);
        TextTable table = new TextTable(List.of(
                "program",
                "series",
                "CPU for a sample, ratio to its own with " + count(least),
                "RSS bytes a further series"));
        boolean any = false;
        for (Part part : results.parts()) {
            if (part.load().allSeries() <= least.load().allSeries()) {
                continue;
            }
            any = true;
            for (Contestant program : results.programs()) {
                table.row(List.of(
                        program.title(),
                        count(part),
                        quotient(part, least, program, Figure.CPU)
                                .map(Spread::ratio)
                                .orElse(NOTHING),
                        furtherBytes(part, least, program)));
            }
        }
        return any ? "## As the work grows\n\n" + table + "\n" : "";
    }

    private static Optional<Double> quotient(Part part, Part least, Contestant program, Figure figure) {
        return part.spread(program.name(), figure)
                .flatMap(more -> least.spread(program.name(), figure).map(less -> more.median() / less.median()));
    }

    private static String furtherBytes(Part part, Part least, Contestant program) {
        return part.spread(program.name(), Figure.PEAK_MIB)
                .flatMap(more -> least.spread(program.name(), Figure.PEAK_MIB)
                        .map(less -> (more.median() - less.median())
                                * (1 << 20)
                                / (part.load().allSeries() - least.load().allSeries())))
                .map(Figure.BYTES_PER_SERIES::text)
                .orElse(NOTHING);
    }

    private static String count(Part part) {
        return String.format(Locale.ROOT, "%,d", part.load().allSeries());
    }
}
