package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpHeaders;
import java.util.List;

/** Header fields on their way between the SPI and Netty. */
final class HeaderFields {
    /** What the transport alone decides. */
    private static final List<String> OWN =
            List.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

    private HeaderFields() {}

    static HttpHeaders of(io.netty.handler.codec.http.HttpHeaders fields) {
        return fields.isEmpty() ? HttpHeaders.EMPTY : HttpHeaders.copyOf(fields);
    }

    /**
     * Adds all fields but those that the transport decides.
     *
     * @throws IllegalArgumentException if a name or value can not be sent; the message has the name, but not the value,
     *     which may be secret
     */
    static void copy(HttpHeaders from, io.netty.handler.codec.http.HttpHeaders to) {
        from.forEach((name, value) -> {
            if (isOwn(name)) {
                return;
            }
            try {
                to.add(name, value);
            } catch (IllegalArgumentException exception) {
                throw new IllegalArgumentException(
                        "header field '" + name.replaceAll("[^!-~]", "?")
                                + "': it has characters that HTTP does not allow",
                        exception);
            }
        });
    }

    /** Whether the message asks for the connection to be closed. */
    static boolean asksToClose(HttpHeaders fields) {
        for (String value : fields.all("connection")) {
            if (value.equalsIgnoreCase("close")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwn(String name) {
        for (String own : OWN) {
            if (own.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
