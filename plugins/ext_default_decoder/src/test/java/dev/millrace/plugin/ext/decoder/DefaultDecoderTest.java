package dev.millrace.plugin.ext.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.ext.decoder.DefaultDecoderOptions.BodyFormat;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.BareContext;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultDecoderTest {
    private static final byte[] BODY = {0, -1, 'x', '\n'};

    private static Decoder decoder(Optional<BodyFormat> format) {
        return new DefaultDecoderFactory().create(new DefaultDecoderOptions(format), new StoppedClock());
    }

    @Test
    void readsEveryFormatUnlessItIsMadeForOne() throws Exception {
        Decoder all = decoder(Optional.empty());
        assertThat(all.formats())
                .containsExactly(
                        new Format("prometheus", "1.0"), new Format("prometheus", "2.0"), new Format("raw", "1"));
        assertThat(all.decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(new byte[0])))
                .isEmpty();
        assertThat(decoder(Optional.of(BodyFormat.RAW)).formats()).containsExactly(new Format("raw", "1"));
        assertThatThrownBy(() -> decoder(Optional.of(BodyFormat.RAW))
                        .decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(BODY)))
                .hasMessage("format: prometheus (expected: one of [raw 1])");
    }

    @Test
    void makesOneEventOfARawBody() throws Exception {
        Decoder raw = decoder(Optional.empty());
        byte[] reused = BODY.clone();
        List<EventBatch> batches = raw.decode("raw", HttpHeaders.EMPTY, BodyBuffer.wrap(reused));
        reused[0] = 'y';

        LogBatch batch = (LogBatch) batches.get(0);
        assertThat(batches).hasSize(1);
        assertThat(batch.resource()).isEqualTo(Labels.EMPTY);
        assertThat(batch.rows()).singleElement().satisfies(row -> {
            assertThat(row.body()).isEqualTo(new Value.Bytes(ByteBuffer.wrap(BODY)));
            assertThat(row.observed()).isEqualTo(5_000_000);
        });
        assertThat(raw.decode("raw", HttpHeaders.EMPTY, BodyBuffer.wrap(new byte[0])))
                .isEmpty();
    }

    private static final class StoppedClock extends BareContext {
        StoppedClock() {
            super("ext_default_decoder");
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);
        }
    }
}
