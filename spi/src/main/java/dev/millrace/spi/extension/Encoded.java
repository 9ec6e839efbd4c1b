package dev.millrace.spi.extension;

import java.util.Map;

/**
 * What an encoder says of a body.
 *
 * @param contentType its {@code Content-Type}
 * @param headers other headers that the format asks for, without {@code Content-Encoding}
 * @param dropped how many rows do not stand in the body, by reason
 * @param content what stands in the body
 */
public record Encoded(String contentType, Map<String, String> headers, Map<String, Integer> dropped, Content content) {
    public Encoded {
        headers = Map.copyOf(headers);
        dropped = Map.copyOf(dropped);
    }
}
