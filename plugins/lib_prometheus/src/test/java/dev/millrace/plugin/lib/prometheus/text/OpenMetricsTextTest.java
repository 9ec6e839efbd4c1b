package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenMetricsTextTest {
    /* A page without its last line, and what is read of it. */
    private record Page(String text, String... lines) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Page> pages() {
        return Stream.of(
                new Page("", new String[0]),
                new Page("up 1\n", "{__name__=\"up\"} 1.0"),
                new Page("up{} 1\n", "{__name__=\"up\"} 1.0"),
                new Page("a{b=\"1\",c=\"2\",} -0\n", "{__name__=\"a\", b=\"1\", c=\"2\"} -0.0"),
                new Page("a{b=\"x\\\"y\\\\z\\nw\\t\"} 1\n", "{__name__=\"a\", b=\"x\"y\\z\nw\\t\"} 1.0"),
                new Page("a{b=\"c\0d\t\r\"} 1\n", "{__name__=\"a\", b=\"c\0d\t\r\"} 1.0"),
                new Page("a 1 2\n", "{__name__=\"a\"} 1.0 2000"),
                new Page("a 1 1520879607.789\n", "{__name__=\"a\"} 1.0 1520879607789"),
                new Page("a 1 1.0019\n", "{__name__=\"a\"} 1.0 1001"),
                new Page("a 1 -1.0019\n", "{__name__=\"a\"} 1.0 -1001"),
                new Page("a 1 1e3\n", "{__name__=\"a\"} 1.0 1000000"),
                new Page("a NaN\nb +Inf\n", "{__name__=\"a\"} NaN", "{__name__=\"b\"} Infinity"),
                new Page("{\"my.metric\",\"l.x\"=\"v\"} 1\n", "{__name__=\"my.metric\", l.x=\"v\"} 1.0"),
                new Page("{a=\"1\",\"my.metric\"} 1\n", "{__name__=\"my.metric\", a=\"1\"} 1.0"),
                new Page("{\"ü\n\",} 1\n", "{__name__=\"ü\n\"} 1.0"),
                new Page("a 1 # {} 5\n", "{__name__=\"a\"} 1.0 # {} 5.0 @77"),
                new Page("a 1 # {t=\"x\"} 0.5 2.5\n", "{__name__=\"a\"} 1.0 # {t=\"x\"} 0.5 @2500"),
                new Page(
                        "a 1 3 # {t=\"x\",\"u.v\"=\"\\n\",} NaN -1\n",
                        "{__name__=\"a\"} 1.0 3000 # {t=\"x\", u.v=\"\n\"} NaN @-1000"),
                new Page(
                        "a{b=\"# {\"} 1.5 # {t=\" # {}\"} 1\n",
                        "{__name__=\"a\", b=\"# {\"} 1.5 # {t=\" # {}\"} 1.0 @77"),
                new Page(
                        "a 1 # {t=\"" + "x".repeat(127) + "\"} 1\n",
                        "{__name__=\"a\"} 1.0 # {t=\"" + "x".repeat(127) + "\"} 1.0 @77"),
                new Page(
                        "a 1 # {t=\"" + "😀".repeat(127) + "\"} 1\n",
                        "{__name__=\"a\"} 1.0 # {t=\"" + "😀".repeat(127) + "\"} 1.0 @77"),
                new Page("a 1 # {t=\"" + "x".repeat(128) + "\"} 1\n", "{__name__=\"a\"} 1.0 # null"),
                new Page("a 1 # {" + "t=\"\",".repeat(129) + "} 1\n", "{__name__=\"a\"} 1.0 # null"),
                new Page("a 1 # {t=\"1\",t=\"2\"} 1\n", "{__name__=\"a\"} 1.0 # null"),
                new Page(
                        "# TYPE a counter\n# HELP a x\\ny\\\\z\\\"\\w\n# UNIT a \n# HELP b \n",
                        "TYPE a COUNTER",
                        "HELP a x\ny\\z\"\\w",
                        "UNIT a ",
                        "HELP b "),
                new Page(
                        """
                        # TYPE a_seconds gaugehistogram
                        # UNIT a_seconds seconds
                        # TYPE b info
                        # TYPE c stateset
                        # TYPE d unknown
                        # TYPE "e.f" summary
                        """,
                        "TYPE a_seconds GAUGE_HISTOGRAM",
                        "UNIT a_seconds seconds",
                        "TYPE b INFO",
                        "TYPE c STATE_SET",
                        "TYPE d UNKNOWN",
                        "TYPE e.f SUMMARY"),
                new Page(
                        """
                        # TYPE h histogram
                        h_bucket{le="1"} 1
                        # TYPE g gaugehistogram
                        g_bucket{le="1"} 1
                        # TYPE s summary
                        s{quantile="1"} 1
                        """,
                        "TYPE h HISTOGRAM",
                        "{__name__=\"h_bucket\", le=\"1.0\"} 1.0",
                        "TYPE g GAUGE_HISTOGRAM",
                        "{__name__=\"g_bucket\", le=\"1\"} 1.0",
                        "TYPE s SUMMARY",
                        "{__name__=\"s\", quantile=\"1.0\"} 1.0"),
                new Page(
                        "# TYPE a counter\na 1\na_created 2\n# TYPE g gauge\ng_created 3\n",
                        "TYPE a COUNTER",
                        "{__name__=\"a\"} 1.0",
                        "created {__name__=\"a_created\"} 2.0",
                        "TYPE g GAUGE",
                        "{__name__=\"g_created\"} 3.0"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void reads(Page page) throws Exception {
        assertThat(read(page.text() + "# EOF\n")).containsExactly(page.lines());
        assertThat(read(page.text() + "# EOF")).containsExactly(page.lines());
    }

    private record Refused(String text, String message) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Refused> refused() {
        String end = "the end of the line, and # EOF at the end of the page";
        return Stream.of(
                new Refused("", "line 1, column 1: the end of the page (expected: # EOF at the end of the page)"),
                new Refused("a 1\n", "line 2, column 1: the end of the page (expected: # EOF at the end of the page)"),
                new Refused("a 1", "line 1, column 4: the end of the page (expected: " + end + ")"),
                new Refused(
                        "a 1\n# EOF\n\n",
                        "line 3, column 1: the end of the line (expected: the end of the page after # EOF)"),
                new Refused("a 1\n# EOF a 1", "line 2, column 6: a blank (expected: the end of the page after # EOF)"),
                new Refused("\n# EOF\n", "line 1, column 1: the end of the line (expected: a metric name)"),
                new Refused(" a 1\n# EOF\n", "line 1, column 1: a blank (expected: a metric name)"),
                new Refused(
                        "# a remark\n# EOF",
                        "line 1, column 1: '#' (expected: a line of # HELP, # TYPE, # UNIT or # EOF)"),
                new Refused(
                        "#HELP a b\n# EOF",
                        "line 1, column 1: '#HELP' (expected: a line of # HELP, # TYPE, # UNIT or # EOF)"),
                new Refused("# HELP  a b\n# EOF", "line 1, column 8: a blank (expected: a metric name after HELP)"),
                new Refused(
                        "# HELP a\n# EOF",
                        "line 1, column 9: the end of the line (expected: one space after the metric name)"),
                new Refused(
                        "# HELP a\tb\n# EOF", "line 1, column 9: a blank (expected: one space after the metric name)"),
                new Refused("# HELP a b", "line 1, column 11: the end of the page (expected: " + end + ")"),
                new Refused(
                        "# TYPE a untyped\n# EOF",
                        "line 1, column 10: 'untyped' (expected: counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown)"),
                new Refused(
                        "# UNIT a_seconds second\n# EOF",
                        "line 1, column 18: 'second' (expected: a unit with which the metric name ends, after an underscore)"),
                new Refused(
                        "# UNIT seconds seconds\n# EOF",
                        "line 1, column 16: 'seconds' (expected: a unit with which the metric name ends, after an underscore)"),
                new Refused("a  1\n# EOF", "line 1, column 3: a blank (expected: a value)"),
                new Refused("a\t1\n# EOF", "line 1, column 2: a blank (expected: one space and a value)"),
                new Refused(
                        "a {b=\"c\"} 1\n# EOF",
                        "line 1, column 3: '{b=\"c\"}' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused("a{b=\"c\"}1\n# EOF", "line 1, column 9: '1' (expected: one space and a value)"),
                new Refused("a{ b=\"c\"} 1\n# EOF", "line 1, column 3: a blank (expected: a label name or '}')"),
                new Refused("a{b=\"c\" } 1\n# EOF", "line 1, column 8: a blank (expected: ',' or '}' after the label)"),
                new Refused(
                        "a{b=\"c\"d=\"e\"} 1\n# EOF",
                        "line 1, column 8: 'd=\"e\"}' (expected: ',' or '}' after the label)"),
                new Refused("a{b=\"c\n\"} 1\n# EOF", "line 1, column 5: '\"' (expected: a closing quote after it)"),
                new Refused(
                        "a 1 \n# EOF",
                        "line 1, column 5: the end of the line (expected: a timestamp in seconds, or the end of the line)"),
                new Refused(
                        "a 1 NaN\n# EOF",
                        "line 1, column 5: 'NaN' (expected: a timestamp in seconds, or the end of the line)"),
                new Refused(
                        "a 1 +Inf\n# EOF",
                        "line 1, column 5: '+Inf' (expected: a timestamp in seconds, or the end of the line)"),
                new Refused("a 1 2 3\n# EOF", "line 1, column 6: a blank (expected: " + end + ")"),
                new Refused("a 1\r\n# EOF", "line 1, column 3: '1.' (expected: lines that end in \\n, not \\r\\n)"),
                new Refused("a 1 # {\n# EOF", "line 1, column 8: the end of the line (expected: a label name or '}')"),
                new Refused(
                        "a 1 # {}\n# EOF",
                        "line 1, column 9: the end of the line (expected: one space and a value after the exemplar's labels)"),
                new Refused(
                        "a 1 # {} x\n# EOF",
                        "line 1, column 10: 'x' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused(
                        "a 1 # {} 1 x\n# EOF",
                        "line 1, column 12: 'x' (expected: a timestamp in seconds, or the end of the line)"),
                new Refused("a 1 # {} 1 1 1\n# EOF", "line 1, column 13: a blank (expected: " + end + ")"),
                new Refused("a 1 # {\"t\"} 1\n# EOF", "line 1, column 11: '}' (expected: '=' after the label name)"),
                new Refused(
                        "a 1 # {} 1 # {} 1\n# EOF",
                        "line 1, column 12: '#' (expected: a timestamp in seconds, or the end of the line)"),
                new Refused(
                        "a 1 #{} 1\n# EOF",
                        "line 1, column 5: '#{}' (expected: a timestamp in seconds, or the end of the line)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused refused) {
        assertThat(catchThrowableOfType(TextFormatException.class, () -> read(refused.text())))
                .hasMessage(refused.message());
    }

    @Test
    void followsAnEarlierPageWithExemplarsBehindItsValues() throws Exception {
        byte[] text = "a_bucket{le=\"1\"} ".getBytes(StandardCharsets.UTF_8);
        for (String rest : List.of("5", "5 1.5", "+Inf # {t=\"1\"} 1", "5 1 # {} 2 3")) {
            byte[] page = ("a_bucket{le=\"1\"} " + rest + "\n# EOF\n").getBytes(StandardCharsets.UTF_8);
            TextParser plain = TextParser.openMetrics(page, page.length);
            plain.next();
            TextParser parser = TextParser.openMetrics(page, page.length);

            assertThat(parser.follows(text, 0, text.length)).isTrue();

            assertThat(ParsedLines.value(parser)).isEqualTo(ParsedLines.value(plain));
            assertThat(parser.next()).isEqualTo(TextParser.Kind.END);
        }
    }

    @Test
    void tellsWhichSeriesBeginTogether() {
        String text =
                "a_total{x=\"1\",y=\"2\"} a_created{y=\"2\",x=\"1\"} a_created{x=\"1\"} b_created{x=\"1\",y=\"2\"} "
                        + "a_bucket{x=\"1\",le=\"5\"} ";
        List<Integer> at = new ArrayList<>(List.of(0));
        for (int blank = text.indexOf(' '); blank + 1 < text.length(); blank = text.indexOf(' ', blank + 1)) {
            at.add(blank + 1);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CreatedSeries series = new CreatedSeries(bytes, bytes.length);
        MetricType counter = MetricType.COUNTER;
        MetricType histogram = MetricType.HISTOGRAM;

        assertThat(series.isSameGroup(at.get(0), at.get(1), counter)).isTrue();
        assertThat(series.group(at.get(0), counter)).isEqualTo(series.group(at.get(1), counter));
        assertThat(series.isSameGroup(at.get(0), at.get(2), counter)).isFalse();
        assertThat(series.isSameGroup(at.get(0), at.get(3), counter)).isFalse();
        assertThat(series.isSameGroup(at.get(4), at.get(2), histogram)).isTrue();
        assertThat(series.group(at.get(4), histogram)).isEqualTo(series.group(at.get(2), histogram));
    }

    private static List<String> read(String text) throws TextFormatException {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        return ParsedLines.of(TextParser.openMetrics(page, page.length));
    }
}
