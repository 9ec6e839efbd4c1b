package dev.millrace.plugin.lib.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever bytes come: they are read, or there is one exception. {@code -Dmillrace.seed=} repeats a run. */
final class DamageTest {
    private static final int REQUESTS = Integer.getInteger("millrace.batches", 3000);

    @Test
    void damagedProtobufIsReadOrRefused() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("DamageTest: -Dmillrace.seed=" + seed);
        Random random = new Random(seed);
        MetricTranslator translator = Requests.translator(Requests.DEFAULTS);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            byte[] bytes = new RandomRequest(random).make(10 + i).toByteArray();
            Damage.damage(bytes, random);
            try {
                Translation translation = translator.translate(BodyBuffer.wrap(bytes));
                DeltaStreams streams =
                        new DeltaStreams(new Forgetful(), 1000, Duration.ofMinutes(1), Clock.systemUTC());
                streams.begin();
                translation.addDeltas(streams);
                streams.save();
                MetricBatch batch = translation.batch();
                assertThat(batch.size()).isLessThan(1000 + bytes.length);
                read++;
            } catch (DecodingException e) {
                assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
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
