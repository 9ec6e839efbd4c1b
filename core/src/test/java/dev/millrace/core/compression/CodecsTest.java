package dev.millrace.core.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.testing.Fuzz;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

final class CodecsTest {
    private final Codecs codecs = new Codecs();

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void givesBackWhatItCompressed(String name) throws IOException {
        for (byte[] plain : new byte[][] {new byte[0], {7}, "abc".repeat(50_000).getBytes(UTF_8), noise(300_000)}) {
            BodyBuffer compressed = compressed(name, plain);
            BodyBuffer output = BodyBuffer.wrap("before ".getBytes(UTF_8));
            codecs.decompress(name, compressed, output, plain.length);
            assertThat(Arrays.copyOfRange(output.toByteArray(), 7, output.length()))
                    .isEqualTo(plain);
        }
    }

    @Test
    void snappyGivesBackWhatIsLongerThanOnePiece() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int length : new int[] {127, 128, 16_383, 16_384, 65_535, 65_536, 65_537, 131_072, 2_097_151, 2_097_152}) {
            byte[] plain = new byte[length];
            for (int i = 0; i < length; i++) {
                plain[i] = (byte) (i > 100 && random.nextInt(20) > 0 ? plain[i - 100] : random.nextInt());
            }
            BodyBuffer compressed = compressed("snappy", plain);
            assertThat(Snappy.uncompress(compressed.toByteArray())).isEqualTo(plain);
            assertThat(compressed.length()).isLessThanOrEqualTo(Snappy.compress(plain).length + length / 1000 + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void appendsWhatItCompresses(String name) throws IOException {
        BodyBuffer output = BodyBuffer.wrap("12".getBytes(UTF_8));
        codecs.compress(name, BodyBuffer.wrap("hello".getBytes(UTF_8)), output);
        BodyBuffer compressed = BodyBuffer.wrap(Arrays.copyOfRange(output.toByteArray(), 2, output.length()));
        BodyBuffer plain = new BodyBuffer(0);
        codecs.decompress(name, compressed, plain, 5);
        assertThat(plain).hasToString("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void stopsABombBeforeItTakesMemory(String name) {
        BodyBuffer bomb = compressed(name, new byte[64 << 20]);
        BodyBuffer output = new BodyBuffer(0);
        assertThatThrownBy(() -> codecs.decompress(name, bomb, output, 100_000))
                .isInstanceOf(BodyTooLargeException.class)
                .hasMessageContaining("100000");
        assertThat(output.capacity()).isLessThan(300_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void acceptsExactlyTheLimitAndNotOneByteMore(String name) throws IOException {
        BodyBuffer compressed = compressed(name, noise(50_000));
        BodyBuffer output = new BodyBuffer(0);
        codecs.decompress(name, compressed, output, 50_000);
        assertThat(output.length()).isEqualTo(50_000);
        assertThatThrownBy(() -> codecs.decompress(name, compressed, new BodyBuffer(0), 49_999))
                .isInstanceOf(BodyTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void saysThatDamagedDataIsDamaged(String name) {
        byte[] whole = compressed(name, noise(10_000)).toByteArray();
        byte[][] damaged = {new byte[0], "<html>not this</html>".getBytes(UTF_8), Arrays.copyOf(whole, whole.length / 2)
        };
        for (byte[] input : damaged) {
            assertThatThrownBy(() -> codecs.decompress(name, BodyBuffer.wrap(input), new BodyBuffer(0), 1 << 20))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(name + ": ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "zstd"})
    void damageTakesNoMoreThanItMay(String name) {
        int limit = 100_000;
        byte[] bomb = compressed(name, new byte[8 << 20]).toByteArray();
        Fuzz.Figures figures = Fuzz.of(
                        name, random -> compressed(name, plain(random)).toByteArray())
                .hostile(bomb, compressed(name, bomb).toByteArray())
                .allocating(2 << 20, 10)
                .run(
                        bytes -> {
                            BodyBuffer output = new BodyBuffer(0);
                            codecs.decompress(name, BodyBuffer.wrap(bytes), output, limit);
                            assertThat(output.length()).isLessThanOrEqualTo(limit);
                        },
                        IOException.class);
        assertThat(figures.refused()).isPositive();
    }

    private static byte[] plain(Random random) {
        byte[] plain = new byte[random.nextInt(5000)];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i > 100 && random.nextInt(20) > 0 ? plain[i - 100] : random.nextInt());
        }
        return plain;
    }

    @Test
    void snappyDoesNotBelieveALengthThatItsBytesCanNotHold() {
        byte[] liar = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x3f, 0, 1};
        BodyBuffer output = new BodyBuffer(0);
        assertThatThrownBy(() -> codecs.decompress("snappy", BodyBuffer.wrap(liar), output, 1 << 30))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can not hold");
        assertThat(output.capacity()).isZero();
    }

    @Test
    void zstdRefusesAWindowOfMoreThanEightMebibytes() {
        // magic, frame header without content size, window descriptor 2^(10+17)
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) (17 << 3), 0x01, 0x00, 0x00};
        assertThatThrownBy(() -> codecs.decompress("zstd", BodyBuffer.wrap(frame), new BodyBuffer(0), 1 << 20))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesTheKnownOnesWhenAskedForAnother() {
        assertThatThrownBy(() -> codecs.compress("brotli", new BodyBuffer(0), new BodyBuffer(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compression: 'brotli' (expected: one of [gzip, snappy, zstd])");
        assertThat(codecs.names()).containsExactlyInAnyOrder("gzip", "snappy", "zstd");
    }

    private BodyBuffer compressed(String name, byte[] plain) {
        BodyBuffer output = new BodyBuffer(0);
        codecs.compress(name, BodyBuffer.wrap(plain), output);
        return output;
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
