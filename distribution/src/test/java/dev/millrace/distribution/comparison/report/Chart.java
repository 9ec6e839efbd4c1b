package dev.millrace.distribution.comparison.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Results as a picture (SVG 1.1): a row for each part, in it a panel for each figure, in it a bar for each program. What has
 * a ratio is drawn as its ratio to the first program, with a whisker from the least to the most of all rounds. Its colours
 * can be read on light and on dark.
 */
public final class Chart {
    private static final Set<Figure> DRAWN = EnumSet.of(
            Figure.CPU,
            Figure.CPU_POINT,
            Figure.PEAK_MIB,
            Figure.BYTES_PER_SAMPLE,
            Figure.RATE,
            Figure.CAUGHT_UP,
            Figure.LOST,
            Figure.MISSED);

    private static final int MARGIN = 10;
    private static final int NAMES = 200;
    private static final int PANEL = 240;
    /** What a bar may have of a panel; the label stands behind it. */
    private static final int LONGEST_BAR = 120;

    private static final int HEAD = 44;
    private static final int LINE = 26;
    private static final int BAR = 14;

    private static final String STYLE = "text{font:12px sans-serif;fill:#6e7781}.h{font-weight:bold}.e{text-anchor:end}"
            + ".a{fill:#8c959f}.b{fill:#2f81f7}.w{stroke:#d29922;stroke-width:2}";

    private final Results results;
    private final List<Figure> figures;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Results results) {
        this.results = results;
        this.figures = results.parts().get(0).figures().stream()
                .filter(DRAWN::contains)
                .toList();
    }

    /** The picture, as a file has it. */
    public static String of(Results results) {
        return new Chart(results).draw();
    }

    private String draw() {
        int width = 2 * MARGIN + NAMES + PANEL * figures.size();
        int part = HEAD + LINE * results.programs().size() + MARGIN;
        int height = part * results.parts().size() + LINE;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
                .formatted(width, height, width, height));
        svg.append("<title>").append(escaped(results.scenario())).append("</title>\n");
        svg.append("<style>").append(STYLE).append("</style>\n");
        for (int i = 0; i < results.parts().size(); i++) {
            part(results.parts().get(i), i * part);
        }
        text(
                MARGIN,
                height - MARGIN,
                "",
                "Ratios are to " + results.first().title()
                        + "; bars are medians, whiskers go from the least to the most of all rounds.");
        return svg.append("</svg>\n").toString();
    }

    private void part(Part part, int top) {
        text(MARGIN, top + LINE - BAR / 2, "h", part.title());
        for (int row = 0; row < results.programs().size(); row++) {
            text(
                    MARGIN + NAMES - MARGIN,
                    top + HEAD + row * LINE + BAR - 2,
                    "e",
                    results.programs().get(row).title());
        }
        for (int column = 0; column < figures.size(); column++) {
            int left = MARGIN + NAMES + column * PANEL;
            text(
                    left,
                    top + LINE - BAR / 2 + (part.title().length() > 20 ? BAR : 0),
                    "h",
                    figures.get(column).title());
            panel(part, figures.get(column), left, top + HEAD);
        }
    }

    private void panel(Part part, Figure figure, int left, int top) {
        double most = results.programs().stream()
                .map(program -> drawn(part, figure, program))
                .flatMap(Optional::stream)
                .mapToDouble(Spread::most)
                .max()
                .orElse(0);
        double scale = most > 0 ? LONGEST_BAR / most : 0;
        for (int row = 0; row < results.programs().size(); row++) {
            Contestant program = results.programs().get(row);
            int y = top + row * LINE;
            Optional<Spread> spread = drawn(part, figure, program);
            if (spread.isEmpty()) {
                text(left, y + BAR - 2, "", "not measured");
                continue;
            }
            bar(spread.get(), scale, left, y, program.name().startsWith("millrace") ? "b" : "a");
            text(
                    left + (int) (spread.get().most() * scale) + BAR / 2,
                    y + BAR - 2,
                    "",
                    label(part, figure, program, spread.get()));
        }
    }

    private void bar(Spread spread, double scale, int left, int y, String colour) {
        svg.append(format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                colour, left, y, spread.median() * scale, BAR));
        if (spread.most() > spread.least()) {
            svg.append(format(
                    "<path class=\"w\" d=\"M%.1f %dH%.1f\"/>\n",
                    left + spread.least() * scale, y + BAR / 2, left + spread.most() * scale));
        }
    }

    private Optional<Spread> drawn(Part part, Figure figure, Contestant program) {
        return figure.form() == Figure.Form.RATIO
                ? part.ratio(program.name(), figure, results.first().name())
                : part.sum(program.name(), figure).filter(Double::isFinite).map(Spread::of);
    }

    private static String label(Part part, Figure figure, Contestant program, Spread drawn) {
        if (figure.form() != Figure.Form.RATIO) {
            return figure.text(drawn.median());
        }
        double median = part.spread(program.name(), figure).orElseThrow().median();
        return Spread.ratio(drawn.median()) + " × (" + figure.text(median) + ")";
    }

    private void text(int x, int y, String style, String text) {
        svg.append("<text x=\"%d\" y=\"%d\"%s>%s</text>\n"
                .formatted(x, y, style.isEmpty() ? "" : " class=\"" + style + "\"", escaped(text)));
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
