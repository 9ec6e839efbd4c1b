package dev.millrace.distribution.guard;

import dev.millrace.plugin.ext.decoder.DefaultDecoderFactory;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.PluginLife;
import java.util.Map;

/** As many requests of remote write 1.0 as there are targets are read by {@code ext_default_decoder}. */
final class Decoding implements Step {
    private final Decoder decoder =
            PluginLife.create(new DefaultDecoderFactory(), Map.of()).component();
    private final HttpHeaders headers = HttpHeaders.of("Content-Type", "application/x-protobuf");
    private final BodyBuffer body;

    /** Reads a body that has one batch. */
    Decoding(BodyBuffer body) throws Exception {
        this.body = BodyBuffer.wrap(body.toByteArray());
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < TARGETS; i++) {
                decoder.decode("prometheus", headers, body);
            }
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
