package dev.millrace.core.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.millrace.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Lines for machines, one JSON object each.
 *
 * <pre>
 * key        value
 * level      TRACE, DEBUG, INFO, WARN or ERROR
 * component  pipeline and component, or the part of the host
 * time       ISO 8601, UTC
 * message    the text
 * stack      the stack trace of a programming error, else absent
 * </pre>
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        JsonObject.append(line, fields -> {
            fields.field("level", event.getLevel().toString())
                    .field("component", Logging.component(event))
                    .field("time", event.getInstant().toString())
                    .field("message", event.getFormattedMessage());
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null) {
                fields.field("stack", ThrowableProxyUtil.asString(thrown));
            }
        });
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
