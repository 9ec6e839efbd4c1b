package dev.millrace.plugin.lib.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.testing.Fuzz;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever bytes come: they are read, or there is one exception. */
final class DamageTest {
    private static final int DEPTH = 5000;

    @Test
    void damagedProtobufIsReadOrRefused() {
        MetricTranslator translator = Requests.translator(Requests.DEFAULTS);
        Fuzz.Figures figures = Fuzz.of(
                        "OTLP as protobuf",
                        random -> new RandomRequest(random).make(10).toByteArray())
                .hostile(nested(0x0a), nested(0x2a), deepValue(), everyTag())
                .run(
                        bytes -> {
                            Translation translation = translator.translate(BodyBuffer.wrap(bytes));
                            DeltaStreams streams =
                                    new DeltaStreams(new Forgetful(), 1000, Duration.ofMinutes(1), Clock.systemUTC());
                            streams.begin();
                            translation.addDeltas(streams);
                            streams.save();
                            MetricBatch batch = translation.batch();
                            assertThat(batch.size()).isLessThan(1000 + bytes.length);
                        },
                        DecodingException.class);
        assertThat(figures.refused()).isPositive();
    }

    /* Messages in messages by one tag. */
    private static byte[] nested(int tag) {
        ByteString inner = ByteString.EMPTY;
        for (int i = 0; i < DEPTH; i++) {
            inner = field(tag, inner);
        }
        return inner.toByteArray();
    }

    /* Lists in lists, as the value of an attribute of a resource. */
    private static byte[] deepValue() {
        ByteString value = ByteString.EMPTY;
        for (int i = 0; i < DEPTH; i++) {
            value = field(0x2a, field(0x0a, value));
        }
        ByteString attribute = field(0x0a, field(0x12, value));
        return field(0x0a, field(0x0a, attribute)).toByteArray();
    }

    private static ByteString field(int tag, ByteString content) {
        ByteString.Output out = ByteString.newOutput();
        out.write(tag);
        int rest = content.size();
        for (; rest > 127; rest >>>= 7) {
            out.write(rest & 127 | 128);
        }
        out.write(rest);
        return out.toByteString().concat(content);
    }

    private static byte[] everyTag() {
        byte[] tags = new byte[256];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = (byte) i;
        }
        return tags;
    }

    private static final class Forgetful implements DeltaStates {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Optional<byte[]> get(String name) {
            return Optional.empty();
        }

        @Override
        public void set(String name, byte[] part) {
            assertThat(part.length).isLessThan(1 << 20);
        }
    }
}
