package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damage of every kind is refused in a sentence or read as something else, and nothing more.
 *
 * <p>{@code -Dmillrace.fuzz=5m} makes each kind take that long instead of two seconds, {@code -Dmillrace.seed=} repeats a
 * run.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedRequestTest {
    private static final Duration TIME =
            Duration.parse("PT" + System.getProperty("millrace.fuzz", "2s").toUpperCase(Locale.ROOT));

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final BodyBuffer body = new BodyBuffer(0);

    /** A version of the protocol. */
    enum Version {
        ONE(new RandomRows(1)),
        TWO(RandomRows.ofVersion2(1));

        private final RandomRows rows;

        Version(RandomRows rows) {
            this.rows = rows;
        }

        List<EventBatch> decode(byte[] bytes) throws DecodingException {
            return this == ONE
                    ? WriteRequestDecoder.decode(BodyBuffer.wrap(bytes))
                    : RequestDecoder.decode(BodyBuffer.wrap(bytes));
        }
    }

    private byte[] message(Version version) throws Exception {
        body.clear();
        Rows rows = Rows.of(version.rows.batch());
        if (version == Version.ONE) {
            new WriteRequestEncoder(InvalidNames.ESCAPE).encode(rows, Targets.PLAIN, 1000, body);
        } else {
            new RequestEncoder().encode(rows, Targets.PLAIN, 1000, body);
        }
        return body.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void isRefusedOrReadAsSomethingElse(Version version) throws Exception {
        System.out.println("millrace.seed=" + seed);
        long end = System.nanoTime() + TIME.toNanos();
        int refused = 0;
        for (int i = 0; System.nanoTime() - end < 0 || i < 100; i++) {
            byte[] whole = message(version);
            for (int n = 0; n < 20; n++) {
                refused += isRefused(version, damaged(whole)) ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
    }

    /* Cut off; bytes changed; a length or a reference that lies; a piece twice. */
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int n = random.nextInt(8); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 3 -> {
                for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(5)); i++) {
                    bytes[i] = (byte) 0xff;
                }
            }
            default -> {
                int length = random.nextInt(bytes.length - at);
                bytes = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(whole, at, bytes, whole.length, length);
            }
        }
        return bytes;
    }

    private boolean isRefused(Version version, byte[] bytes) {
        try {
            for (EventBatch batch : version.decode(bytes)) {
                assertThat(((MetricBatch) batch).size()).isPositive();
            }
            return false;
        } catch (DecodingException e) {
            assertThat(e.unsupported()).isFalse();
            assertThat(e).message().isNotBlank().hasLineCount(1);
            return true;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed + ": " + HexFormat.of().formatHex(bytes), e);
        }
    }

    /* A help text to which a hundred thousand series refer is one string. */
    @Test
    void doesNotMultiplyWhatIsSaidOnce() throws Exception {
        int series = 100_000;
        body.clear();
        FieldWriter out = new FieldWriter(body);
        for (String symbol : List.of("", "__name__", "a", "b", "h".repeat(300))) {
            out.text(RequestTags.REQUEST_SYMBOLS, symbol);
        }
        for (int i = 0; i < series; i++) {
            byte[] one = {0x0a, 2, 1, (byte) (2 + i % 2), 0x12, 2, 0x10, 1, 0x2a, 2, 0x18, 4};
            out.varint(RequestTags.REQUEST_TIMESERIES, one.length);
            body.write(one, 0, one.length);
        }
        MetricBatch batch = (MetricBatch) RequestDecoder.decode(body).get(0);
        assertThat(batch.size()).isEqualTo(series);
        assertThat(batch.metadata(0).help()).isSameAs(batch.metadata(series - 1).help());
    }
}
