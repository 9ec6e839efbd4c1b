package dev.millrace.distribution.benchmark;

import dev.millrace.plugin.ext.encoder.DefaultEncoderFactory;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.testing.PluginLife;
import dev.millrace.spi.testing.WholeBatch;
import java.util.Map;

/** The versions of remote write. */
public enum WireVersion {
    /** Labels as texts. */
    V1("1.0"),
    /** Labels as symbols, and metadata with each series. */
    V2("2.0");

    private final Target target;

    WireVersion(String version) {
        target = new Target(new Format("prometheus", version), Labels.EMPTY, Integer.MAX_VALUE);
    }

    /** The plugin that writes both. */
    static Encoder encoder() throws Exception {
        return PluginLife.create(new DefaultEncoderFactory(), Map.of("Format", "prometheus"))
                .component();
    }

    /** Has a batch written as the body of a request. */
    Encoded encode(Encoder encoder, EventBatch batch, BodyBuffer body) throws EncodingException {
        return encoder.encode(new WholeBatch(batch), target, body);
    }
}
