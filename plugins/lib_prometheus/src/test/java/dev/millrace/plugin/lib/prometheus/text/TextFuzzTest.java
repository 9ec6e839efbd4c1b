package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Feeds damaged pages to the parsers: they are read or refused with the place of the error. {@code -Dmillrace.fuzz=5m} makes
 * each parser take that long instead of two seconds, {@code -Dmillrace.seed=} repeats a run.
 */
@Timeout(3600)
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

    private static final Duration TIME =
            Duration.parse("PT" + System.getProperty("millrace.fuzz", "2s").toUpperCase(Locale.ROOT));
    private static final String LIKELY = " \t\n\r\0\"\\{}=,#<1eaN+-._";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsOrRefusesDamagedPages(boolean openMetrics) {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        byte[] page = (openMetrics ? OPEN : PLAIN).getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + TIME.toNanos();
        int read = 0;
        int refused = 0;
        while (System.nanoTime() < end || read == 0 || refused == 0) {
            byte[] damaged = damaged(page, random);
            try {
                read(damaged, openMetrics);
                read++;
            } catch (TextFormatException e) {
                assertThat(e.getMessage()).startsWith("line " + e.line() + ", column " + e.column() + ": ");
                assertThat(e.getMessage().chars().noneMatch(Character::isISOControl))
                        .as(e.getMessage())
                        .isTrue();
                refused++;
            }
        }
    }

    private static byte[] damaged(byte[] page, Random random) {
        byte[] bytes = page.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
                case 3 -> bytes = spliced(bytes, at, page, random);
                case 4 -> bytes = repeated(bytes, at, random);
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    /* Puts a part of a page in the place of another part. */
    private static byte[] spliced(byte[] bytes, int at, byte[] page, Random random) {
        int from = random.nextInt(page.length);
        byte[] part = Arrays.copyOfRange(page, from, from + random.nextInt(page.length - from) + 1);
        int rest = at + random.nextInt(bytes.length - at);
        byte[] result = Arrays.copyOf(bytes, at + part.length + bytes.length - rest);
        System.arraycopy(part, 0, result, at, part.length);
        System.arraycopy(bytes, rest, result, at + part.length, bytes.length - rest);
        return result;
    }

    /* Makes a byte a long run of it, mostly within a line. */
    private static byte[] repeated(byte[] bytes, int at, Random random) {
        int times = random.nextInt(random.nextInt(20) == 0 ? 100_000 : 100) + 1;
        byte[] result = Arrays.copyOf(bytes, bytes.length + times);
        Arrays.fill(result, at, at + times, bytes[at]);
        System.arraycopy(bytes, at, result, at + times, bytes.length - at);
        return result;
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
