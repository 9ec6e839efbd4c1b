package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TextParserTest {
    /* What is read, one line each: "{labels} value [timestamp]", "TYPE family type", "HELP family text". */
    private record Page(String text, String... lines) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Page> pages() {
        return Stream.of(
                new Page("", new String[0]),
                new Page("\n \t\n\n"),
                new Page("up 1\n", "{__name__=\"up\"} 1.0"),
                new Page("up 1", "{__name__=\"up\"} 1.0"),
                new Page("up{} 1", "{__name__=\"up\"} 1.0"),
                new Page("  up\t 1 \t\n", "{__name__=\"up\"} 1.0"),
                new Page("go_goroutines 33  \t123123\n", "{__name__=\"go_goroutines\"} 33.0 123123"),
                new Page(
                        "a 1 0\nb 1 9223372036854775807",
                        "{__name__=\"a\"} 1.0 0",
                        "{__name__=\"b\"} 1.0 9223372036854775807"),
                new Page("a{b=\"c\"}1\nfoo-1 2", "{__name__=\"a\", b=\"c\"} 1.0", "{__name__=\"foo\"} -1.0 2"),
                new Page("some:aggregate:rate5m{a_b=\"c\"}\t1", "{__name__=\"some:aggregate:rate5m\", a_b=\"c\"} 1.0"),
                new Page(":a_1 1", "{__name__=\":a_1\"} 1.0"),
                new Page("_a{_b=\"1\",c2=\"2\"} NaN", "{__name__=\"_a\", _b=\"1\", c2=\"2\"} NaN"),
                new Page("a{ b = \"1\" , c\t=\t\"2\" , } 1", "{__name__=\"a\", b=\"1\", c=\"2\"} 1.0"),
                new Page("a { b=\"1\" } 1", "{__name__=\"a\", b=\"1\"} 1.0"),
                new Page("a{b=\"1\" c=\"2\"} 1", "{__name__=\"a\", b=\"1\", c=\"2\"} 1.0"),
                new Page("a{c=\"1\",b=\"\"} 1", "{__name__=\"a\", c=\"1\"} 1.0"),
                new Page("a{b=\"x\\\"y\\\\z\\nw\\t\\\\n\"} 1", "{__name__=\"a\", b=\"x\"y\\z\nw\\t\\n\"} 1.0"),
                new Page("a{b=\"x\ny\"} 1", "{__name__=\"a\", b=\"x\ny\"} 1.0"),
                new Page("a{b=\"c\0d\"} 1", "{__name__=\"a\", b=\"c\0d\"} 1.0"),
                new Page("a{b=\"}# {,=\"} 1", "{__name__=\"a\", b=\"}# {,=\"} 1.0"),
                new Page("a{b=\"ü€😀\"} 1", "{__name__=\"a\", b=\"ü€😀\"} 1.0"),
                new Page("a{b=\"x\r\"} 1", "{__name__=\"a\", b=\"x\r\"} 1.0"),
                new Page("{\"my.metric\",\"l.x\"=\"v\"} 1", "{__name__=\"my.metric\", l.x=\"v\"} 1.0"),
                new Page("{\"my.metric\"} 1", "{__name__=\"my.metric\"} 1.0"),
                new Page("{ \"my.metric\" , } 1", "{__name__=\"my.metric\"} 1.0"),
                new Page("{a=\"1\",\"m \\\"\\n\\\\\"} 1", "{__name__=\"m \"\n\\\", a=\"1\"} 1.0"),
                new Page("a{\"ü\"=\"1\"} 1", "{__name__=\"a\", ü=\"1\"} 1.0"),
                new Page(
                        "a +Inf\nb -inf\nc 1e-05\nd 0.1",
                        "{__name__=\"a\"} Infinity",
                        "{__name__=\"b\"} -Infinity",
                        "{__name__=\"c\"} 1.0E-5",
                        "{__name__=\"d\"} 0.1"),
                new Page(
                        "#\n# \n#x\n#HELP a b\n# HELPa b\n# HELP\n# comment \\ TYPE a counter\0\r\n# TYPO a\na 1",
                        "{__name__=\"a\"} 1.0"),
                new Page("# HELP a", "HELP a "),
                new Page("# HELP a \n", "HELP a "),
                new Page("#\t HELP \ta  two  blanks ", "HELP a  two  blanks "),
                new Page("# HELP a x\\ny\\\\z\\\"\0\r\n", "HELP a x\ny\\z\\\"\0\r"),
                new Page(
                        "# HELP \"my.metric\" text\n# TYPE \"my.metric\" gauge\n",
                        "HELP my.metric text",
                        "TYPE my.metric GAUGE"),
                new Page(
                        "# TYPE a counter\n# TYPE b\tgauge\n# TYPE c histogram\n# TYPE d summary\n# TYPE e untyped",
                        "TYPE a COUNTER",
                        "TYPE b GAUGE",
                        "TYPE c HISTOGRAM",
                        "TYPE d SUMMARY",
                        "TYPE e UNKNOWN"),
                new Page(
                        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+inf\"} 2\nh_bucket{le=\"x\"} 3\nh{quantile=\"1\"} 4",
                        "TYPE h HISTOGRAM",
                        "{__name__=\"h_bucket\", le=\"1.0\"} 1.0",
                        "{__name__=\"h_bucket\", le=\"+Inf\"} 2.0",
                        "{__name__=\"h_bucket\", le=\"x\"} 3.0",
                        "{__name__=\"h\", quantile=\"1\"} 4.0"),
                new Page(
                        "# TYPE s summary\ns{quantile=\"1e6\"} 1\ns{quantile=\"0.50\",le=\"1\"} 2\n# TYPE g gauge\ng{quantile=\"1\"} 3",
                        "TYPE s SUMMARY",
                        "{__name__=\"s\", quantile=\"1e+06\"} 1.0",
                        "{__name__=\"s\", le=\"1\", quantile=\"0.5\"} 2.0",
                        "TYPE g GAUGE",
                        "{__name__=\"g\", quantile=\"1\"} 3.0"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void reads(Page page) throws Exception {
        assertThat(read(page.text().getBytes(StandardCharsets.UTF_8))).containsExactly(page.lines());
    }

    private record Refused(String text, String message) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused(
                        "<html>\n", "line 1, column 1: '<html>' (expected: a metric name; the target answers HTML?)"),
                new Refused(
                        "\n<!DOCTYPE html>",
                        "line 2, column 1: '<!DOCTYPE' (expected: a metric name; the target answers HTML?)"),
                new Refused("{\"status\":404}", "line 1, column 10: ':404}' (expected: '=' after the label name)"),
                new Refused("a 1\n  ü 1", "line 2, column 3: 'ü' (expected: a metric name)"),
                new Refused("1a 1", "line 1, column 1: '1a' (expected: a metric name)"),
                new Refused("\0", "line 1, column 1: '.' (expected: a metric name)"),
                new Refused("\r\n", "line 1, column 1: '.' (expected: lines that end in \\n, not \\r\\n)"),
                new Refused("a", "line 1, column 2: the end of the page (expected: a value)"),
                new Refused("a\n", "line 1, column 2: the end of the line (expected: a value)"),
                new Refused("a{} {} 1", "line 1, column 5: '{}' (expected: a value)"),
                new Refused("a true", "line 1, column 3: 'true' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused("a.b 1", "line 1, column 2: '.b' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused("a 1_2", "line 1, column 3: '1_2' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused("a 0x1p-3", "line 1, column 3: '0x1p-3' (expected: a value such as 1, 2.5e3, NaN or +Inf)"),
                new Refused(
                        "a 1e309", "line 1, column 3: '1e309' (expected: a value of at most 1.7976931348623157e308)"),
                new Refused("a 1\r\n", "line 1, column 3: '1.' (expected: lines that end in \\n, not \\r\\n)"),
                new Refused("a 1 2\r\n", "line 1, column 6: '.' (expected: lines that end in \\n, not \\r\\n)"),
                new Refused(
                        "a 1 -2",
                        "line 1, column 5: '-2' (expected: a timestamp in milliseconds, or the end of the line)"),
                new Refused("a 1 2.5", "line 1, column 6: '.5' (expected: the end of the line)"),
                new Refused("a 1 1_2", "line 1, column 6: '_2' (expected: the end of the line)"),
                new Refused("a 1 2 3", "line 1, column 7: '3' (expected: the end of the line)"),
                new Refused(
                        "a 1 # {} 1",
                        "line 1, column 5: '#' (expected: a timestamp in milliseconds, or the end of the line)"),
                new Refused(
                        "a 1{",
                        "line 1, column 4: '{' (expected: a timestamp in milliseconds, or the end of the line)"),
                new Refused(
                        "a 1 9223372036854775808",
                        "line 1, column 5: '9223372036854775808' (expected: a timestamp in milliseconds, of 64 bits)"),
                new Refused("a{", "line 1, column 3: the end of the page (expected: a label name or '}')"),
                new Refused("a{b", "line 1, column 4: the end of the page (expected: '=' after the label name)"),
                new Refused("a{b=", "line 1, column 5: the end of the page (expected: a label value in double quotes)"),
                new Refused("a{b='c'} 1", "line 1, column 5: ''c'}' (expected: a label value in double quotes)"),
                new Refused("a{b=\0\"c\"} 1", "line 1, column 5: '.\"c\"}' (expected: a label value in double quotes)"),
                new Refused("a{b=\"c", "line 1, column 5: '\"' (expected: a closing quote after it)"),
                new Refused("a{b=\"c\\\"", "line 1, column 5: '\"' (expected: a closing quote after it)"),
                new Refused("a{b=\"c\\", "line 1, column 5: '\"' (expected: a closing quote after it)"),
                new Refused("a{b=\"c\\\n\"} 1", "line 1, column 5: '\"' (expected: a closing quote after it)"),
                new Refused("a{b=\"c\",,} 1", "line 1, column 9: ',}' (expected: a label name or '}')"),
                new Refused("a{,} 1", "line 1, column 3: ',}' (expected: a label name or '}')"),
                new Refused("a{b=\"c\"\n} 1", "line 1, column 8: the end of the line (expected: a label name or '}')"),
                new Refused("a{=\"c\"} 1", "line 1, column 3: '=\"c\"}' (expected: a label name or '}')"),
                new Refused("a{\"\"=\"c\"} 1", "line 1, column 3: '\"\"=\"c\"}' (expected: a label name or '}')"),
                new Refused("a{0=\"c\"} 1", "line 1, column 3: '0=\"c\"}' (expected: a label name or '}')"),
                new Refused("a{b:c=\"d\"} 1", "line 1, column 4: ':c=\"d\"}' (expected: '=' after the label name)"),
                new Refused("a{b} 1", "line 1, column 4: '}' (expected: '=' after the label name)"),
                new Refused("a{\"b\"} 1", "line 1, column 3: '\"b\"}' (expected: one metric name in a series)"),
                new Refused("{\"a\",\"b\"} 1", "line 1, column 6: '\"b\"}' (expected: one metric name in a series)"),
                new Refused(
                        "{a=\"b\"} 1",
                        "line 1, column 1: '{a=\"b\"}' (expected: a metric name, before the braces or quoted between them)"),
                new Refused(
                        "{} 1",
                        "line 1, column 1: '{}' (expected: a metric name, before the braces or quoted between them)"),
                new Refused(
                        "a{b=\"1\",b=\"2\"} 1",
                        "line 1, column 9: 'b=\"2\"}' (expected: each label name once in a series)"),
                new Refused(
                        "a{b=\"\",b=\"2\"} 1",
                        "line 1, column 8: 'b=\"2\"}' (expected: each label name once in a series)"),
                new Refused(
                        "a{__name__=\"b\"} 1",
                        "line 1, column 3: '__name__=\"b\"}' (expected: each label name once in a series)"),
                new Refused("# HELP \n", "line 1, column 8: the end of the line (expected: a metric name after HELP)"),
                new Refused("# TYPE 1 gauge", "line 1, column 8: '1' (expected: a metric name after TYPE)"),
                new Refused(
                        "# TYPE a",
                        "line 1, column 9: the end of the page (expected: counter, gauge, histogram, summary or untyped)"),
                new Refused(
                        "# TYPE a Counter\n",
                        "line 1, column 10: 'Counter' (expected: counter, gauge, histogram, summary or untyped)"),
                new Refused(
                        "# TYPE a info\n",
                        "line 1, column 10: 'info' (expected: counter, gauge, histogram, summary or untyped)"),
                new Refused(
                        "# TYPE a  gauge\n",
                        "line 1, column 10: a blank (expected: counter, gauge, histogram, summary or untyped)"),
                new Refused(
                        "# TYPE a gauge \n",
                        "line 1, column 10: 'gauge' (expected: counter, gauge, histogram, summary or untyped)"),
                new Refused(
                        "# TYPE a gauge\r\n",
                        "line 1, column 10: 'gauge.' (expected: lines that end in \\n, not \\r\\n)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused refused) {
        assertThat(catchThrowableOfType(
                        TextFormatException.class, () -> read(refused.text().getBytes(StandardCharsets.UTF_8))))
                .hasMessage(refused.message());
    }

    @Test
    void refusesMoreLabelsThanASeriesMayHave() throws Exception {
        StringBuilder page = new StringBuilder("a{");
        for (int i = 0; i < 1024; i++) {
            page.append('n').append(i).append("=\"v\",");
        }
        assertThat(read((page + "} 1").getBytes(StandardCharsets.UTF_8))).hasSize(1);
        byte[] more = (page + "n=\"v\"} 1").getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowableOfType(TextFormatException.class, () -> read(more)))
                .hasMessageEndingWith("'n=\"v\"}' (expected: at most 1024 labels)");
    }

    @Test
    void refusesInvalidUtf8InValuesNamesAndHelp() {
        for (int[] bad :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xe2, 0x82}}) {
            for (String text :
                    List.of("a{b=\"?\"} 1", "a{\"?\"=\"c\"} 1", "{\"?\"} 1", "# HELP a ?\n", "# TYPE \"?\" gauge\n")) {
                byte[] bytes = replaceQuestionMark(text, bad);
                assertThat(catchThrowableOfType(TextFormatException.class, () -> read(bytes)))
                        .as(text + Arrays.toString(bad))
                        .hasMessageEndingWith("(expected: UTF-8)");
            }
        }
    }

    @Test
    void followsAnEarlierPageWhereItSaysTheSame() throws Exception {
        List<String> texts = List.of(
                "a ",
                "a  ",
                "a\t",
                "ab ",
                "a{} ",
                "a{b=\"1\"}",
                "a{b=\"1\"} ",
                "a {b=\"1\"} ",
                "{\"a\"}",
                "# a\na ",
                "# HELP a b\na ",
                " a ",
                "\na ");
        for (String earlier : texts) {
            for (String text : texts) {
                for (String value : List.of("5", "-5 6", "+Inf", "1e3 6", "12345678901234567.8")) {
                    byte[] page = (text + value + "\nz 1").getBytes(StandardCharsets.UTF_8);
                    TextParser parser = new TextParser(page, page.length);

                    assertThat(follows(parser, earlier + "-7")).as(text).isEqualTo(text.equals(earlier));
                    if (text.equals(earlier)) {
                        assertThat(read(page)).anyMatch(line -> line.endsWith("} " + ParsedLines.value(parser)));
                    } else {
                        List<String> plain = read(page);
                        for (String line : plain.subList(0, plain.size() - 1)) {
                            assertThat(ParsedLines.line(parser.next(), parser)).isEqualTo(line);
                        }
                    }
                    assertThat(parser.next()).isEqualTo(Kind.SERIES);
                    assertThat(ParsedLines.sample(parser)).isEqualTo("{__name__=\"z\"} 1.0");
                    assertThat(parser.next()).isEqualTo(Kind.END);
                }
            }
        }
    }

    @Test
    void followsNoNameThatMayGoOn() throws Exception {
        for (String text : List.of("a1 5", "ab 5", "a-7", "a 5")) {
            byte[] page = text.getBytes(StandardCharsets.UTF_8);
            assertThat(follows(new TextParser(page, page.length), "a-7")).isFalse();
        }
    }

    @Test
    void followsNothingBeyondTheEndOfThePage() throws Exception {
        byte[] page = "a 1x".getBytes(StandardCharsets.UTF_8);

        assertThat(follows(new TextParser(page, 2), "a 1")).isFalse();
        assertThat(follows(new TextParser(page, 3), "a 1")).isTrue();
    }

    @Test
    void refusesBehindWhatItFollowsTheSameAsElsewhere() {
        for (String rest : List.of("x", "1x", "1 -5", "1e999", "1 99999999999999999999", "\r\n", "1.2.3", ".", "-")) {
            byte[] page = ("a " + rest + "\n").getBytes(StandardCharsets.UTF_8);

            TextFormatException plain = catchThrowableOfType(TextFormatException.class, () -> read(page));
            assertThat(catchThrowableOfType(
                            TextFormatException.class, () -> follows(new TextParser(page, page.length), "a 1")))
                    .as(rest)
                    .hasMessage(plain.getMessage());
        }
    }

    /* Whether the parser goes on as the first sample of another page does. */
    private static boolean follows(TextParser parser, String other) throws TextFormatException {
        byte[] page = other.getBytes(StandardCharsets.UTF_8);
        TextParser earlier = new TextParser(page, page.length);
        Kind kind = earlier.next();
        while (kind != Kind.SERIES) {
            kind = earlier.next();
        }
        return parser.follows(page, 0, earlier.valueStart());
    }

    @Test
    void removesWithAnEmptyValueWhatTheBuilderHolds() throws Exception {
        byte[] page = "a{b=\"\"} 1".getBytes(StandardCharsets.UTF_8);
        TextParser parser = new TextParser(page, page.length);
        parser.next();
        LabelsBuilder builder = Labels.of("b", "1", "c", "2").toBuilder();

        parser.labels(builder);

        assertThat(builder.build()).isEqualTo(Labels.of("__name__", "a", "c", "2"));
    }

    @Test
    void readsOrRefusesWhateverComes() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        byte[] page = pages().map(Page::text).reduce("", (a, b) -> a + "\n" + b).getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damage(page, random);
            try {
                read(damaged);
            } catch (TextFormatException e) {
                assertThat(e.line()).isPositive();
                assertThat(e.column()).isPositive();
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 19_999);
    }

    private static byte[] damage(byte[] page, Random random) {
        int from = random.nextInt(page.length);
        byte[] part = Arrays.copyOfRange(page, from, from + random.nextInt(page.length - from + 1));
        for (int changes = random.nextInt(4); changes > 0 && part.length > 0; changes--) {
            String likely = " \t\n\r\0\"\\{}=,#<1eaN+-.";
            part[random.nextInt(part.length)] = (byte)
                    (random.nextBoolean() ? likely.charAt(random.nextInt(likely.length())) : random.nextInt(256));
        }
        return part;
    }

    private static List<String> read(byte[] page) throws TextFormatException {
        return ParsedLines.of(new TextParser(page, page.length));
    }

    private static byte[] replaceQuestionMark(String text, int[] with) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int at = text.indexOf('?');
        byte[] result = new byte[bytes.length - 1 + with.length];
        System.arraycopy(bytes, 0, result, 0, at);
        for (int i = 0; i < with.length; i++) {
            result[at + i] = (byte) with[i];
        }
        System.arraycopy(bytes, at + 1, result, at + with.length, bytes.length - at - 1);
        return result;
    }
}
