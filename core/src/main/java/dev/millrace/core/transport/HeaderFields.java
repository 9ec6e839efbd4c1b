package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Header fields on their way between the SPI and Netty. */
final class HeaderFields {
    /** What the transport alone decides. */
    private static final List<String> OWN =
            List.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

    /** What describes the body, beside the fields of a protocol. */
    private static final List<String> OF_THE_BODY = List.of("content-type", "content-encoding", "user-agent");

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

    /**
     * The fields that may go to a server that another server named: those that say what the body is and how it is spoken
     * of. Any other may be a secret, whatever its name.
     */
    static HttpHeaders forAnotherServer(HttpHeaders fields) {
        List<String> names = new ArrayList<>();
        fields.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_THE_BODY.contains(lower) && !lower.startsWith("x-prometheus-") && !isAccept(lower)) {
                names.add(name);
            }
        });
        HttpHeaders fewer = fields;
        for (String name : names) {
            fewer = fewer.without(name);
        }
        return fewer;
    }

    private static boolean isAccept(String name) {
        return name.equals("accept") || name.startsWith("accept-");
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
