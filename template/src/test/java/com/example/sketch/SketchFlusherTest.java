package com.example.sketch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.testing.Options;
import dev.millrace.spi.testing.PluginLife;
import dev.millrace.spi.testing.PluginRules;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SketchFlusherTest {
    private static final Map<String, String> OPTIONS = Map.of("Url", "http://127.0.0.1:9009/lines");
    private static final MetricBatch UP = MetricBatch.builder(1)
            .add(Labels.of(Labels.METRIC_NAME, "up", "job", "test"), 1000, Double.doubleToRawLongBits(1))
            .build();

    /** Create, start, stop, servers that refuse or hang, a full disk, Errors, several threads, leaks: the whole life. */
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(SketchFlusherFactory.class)
                .option("Url", "http://127.0.0.1:9009/lines")
                .verify();
    }

    @Test
    void postsALineForEachSample() throws Exception {
        try (PluginLife<Flusher> life = PluginLife.create(new SketchFlusherFactory(), OPTIONS)) {
            assertEquals(Outcome.Delivered.ALL, life.send(UP));
            byte[] body = life.context().http().sent().get(0).body();
            assertEquals("{__name__=\"up\", job=\"test\"} 1.0 1000\n", new String(body, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatAServerDoesNotTakeComesAgain() throws Exception {
        try (PluginLife<Flusher> life = PluginLife.create(new SketchFlusherFactory(), OPTIONS)) {
            life.context().http().answer(503);
            assertInstanceOf(Outcome.Retry.class, life.send(UP));
            life.context().http().answer(401);
            assertInstanceOf(Outcome.Held.class, life.send(UP));
        }
    }

    @Test
    void refusesAnAddressThatIsNone() {
        Map<String, String> wrong = Map.of("Url", "localhost:9009");
        assertThrows(InvalidOptionException.class, () -> Options.of(SketchOptions.class, wrong));
    }
}
