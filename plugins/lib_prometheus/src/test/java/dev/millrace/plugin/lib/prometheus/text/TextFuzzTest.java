package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.testing.Fuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pages are read, or refused with the place of the error. */
final class TextFuzzTest {
    private static final String PLAIN = """
            # HELP a Text \\\\ with \\n escapes.
            # TYPE a counter
            a_total{x="1",y="a\\"b\\\\c\\n"} 1027 1395066363000
            a_total{x="ü"}	-Inf
            # TYPE h histogram
            h_bucket{le="0.05",} 24054
            h_bucket{le="+Inf"} 144320
            h_sum 5.3423e-05
            # a remark
            {"my.metric","l.x"="v",} NaN
            # TYPE s summary
            s{quantile="0.99"} 1.7976931348623157e308
            """;
    private static final String OPEN = """
            # HELP a Text \\\\ with \\n escapes.
            # TYPE a counter
            a_total{x="1",y="a\\"b\\\\c\\n"} 1027 1395066363.000
            a_created{x="1"} 1600000000.5
            # TYPE h_seconds histogram
            # UNIT h_seconds seconds
            h_seconds_bucket{le="0.05"} 24054 # {trace_id="KOO5S4vxi0o"} 0.67
            h_seconds_bucket{le="+Inf"} 144320 # {t="ü"} 9.8 1520879607.789
            h_seconds_created 1600000000
            # TYPE "q.r" info
            {"q.r_info","l.x"="v",} 1
            # EOF
            """;

    private static final String[] TOKENS = {
        " ",
        "\t",
        "\n",
        "\r",
        "\0",
        "\"",
        "\\",
        "{",
        "}",
        "=",
        ",",
        "#",
        "<",
        "1",
        "e",
        "NaN",
        "+Inf",
        "-",
        ".",
        "_",
        "# TYPE ",
        "# HELP ",
        "# UNIT ",
        "# EOF",
        "\u00fc",
        "le",
        "0x1p3",
        "1e999",
        "9".repeat(400)
    };

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsOrRefusesDamagedPages(boolean openMetrics) {
        Fuzz.Figures figures = Fuzz.of(openMetrics ? "OpenMetrics" : "text format", openMetrics ? OPEN : PLAIN)
                .tokens(TOKENS)
                .hostile(
                        "a{" + "x=\"\",".repeat(50_000),
                        "a".repeat(200_000),
                        "a{b=\"" + "\\".repeat(200_001),
                        "# HELP a " + "\\n".repeat(100_000) + "\n",
                        "a " + "1".repeat(100_000) + "\n",
                        "\n".repeat(100_000),
                        "{".repeat(100_000))
                .run(
                        page -> read(page, openMetrics),
                        TextFormatException.class,
                        e -> assertThat(e.getMessage())
                                .startsWith("line " + e.line() + ", column " + e.column() + ": "));
        assertThat(figures.refused()).isPositive();
    }

    private static void read(byte[] page, boolean openMetrics) throws TextFormatException {
        TextParser parser = openMetrics ? TextParser.openMetrics(page, page.length) : new TextParser(page, page.length);
        LabelsBuilder labels = Labels.builder();
        for (Kind kind = parser.next(); kind != Kind.END; kind = parser.next()) {
            if (kind != Kind.SERIES) {
                assertThat(parser.family()).isNotNull();
                assertThat(parser.text()).isNotNull();
                continue;
            }
            parser.labels(labels.clear());
            assertThat(labels.build().get(Labels.METRIC_NAME)).isNotEmpty();
            if (parser.hasExemplar()) {
                parser.exemplar(0);
            }
        }
    }
}
