package dev.millrace.plugin.service.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.testing.Fuzz;
import dev.millrace.spi.testing.Gzip;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrpcMessagesTest {
    private static final int LIMIT = 100_000;

    private final Gzip gzip = new Gzip("gzip");
    private final GrpcMessages messages = new GrpcMessages(gzip, LIMIT);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void damagedBodiesAreReadOrRefused(boolean compressed) {
        Fuzz.Figures figures = Fuzz.of("a body of gRPC", random -> body(message(random), compressed))
                .hostile(
                        new byte[] {0, -1, -1, -1, -1},
                        new byte[] {1, 127, -1, -1, -1, 0},
                        body(new byte[8 << 20], true))
                .run(
                        bytes -> {
                            try {
                                BodyBuffer read =
                                        messages.read(BodyBuffer.wrap(bytes), compressed ? "gzip" : "identity");
                                assertThat(read.length()).isLessThanOrEqualTo(Math.max(LIMIT, bytes.length));
                            } catch (BodyTooLargeException e) {
                                assertThat(e).hasMessageContaining(Integer.toString(LIMIT));
                            }
                        },
                        DecodingException.class);
        assertThat(figures.refused()).isPositive();
    }

    private static byte[] message(Random random) {
        byte[] message = new byte[random.nextInt(1000)];
        random.nextBytes(message);
        return message;
    }

    private byte[] body(byte[] message, boolean compressed) {
        if (!compressed) {
            return GrpcMessages.write(message);
        }
        BodyBuffer packed = new BodyBuffer(0);
        gzip.compress("gzip", BodyBuffer.wrap(message), packed);
        return ByteBuffer.allocate(GrpcMessages.HEAD + packed.length())
                .put((byte) 1)
                .putInt(packed.length())
                .put(packed.toByteArray())
                .array();
    }
}
