package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.TlsSettings;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a server, in one sentence for a person. */
final class Failures {
    private Failures() {}

    /** The failure of a connection, or of the attempt to make one. */
    static IOException of(Destination destination, TlsSettings tls, Throwable cause) {
        String configuration = cause instanceof HttpConfigurationException
                ? cause.getMessage()
                : TlsFailures.sentence(destination, tls, cause);
        return configuration == null
                ? new IOException(destination + ": " + sentence(destination, cause), cause)
                : new HttpConfigurationException(destination + ": " + configuration);
    }

    private static String sentence(Destination destination, Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "no address found for the host '" + destination.host() + "'";
        }
        if (find(cause, TooLongHttpHeaderException.class) != null
                || find(cause, TooLongHttpLineException.class) != null) {
            return "the header of the answer is larger than " + ClientConnection.MAX_HEADER_BYTES / 1024 + " KiB";
        }
        SSLException tls = find(cause, SSLException.class);
        if (tls != null) {
            return "TLS failed: " + tls.getMessage();
        }
        if (find(cause, NoRouteToHostException.class) != null) {
            return "no route to the host";
        }
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("connection refused")) {
            return "connection refused";
        }
        if (cause instanceof ConnectException && words.contains("timed out")) {
            return "no connection in time";
        }
        if (words.contains("network is unreachable")) {
            return "the network is unreachable";
        }
        if (words.contains("connection reset") || words.contains("broken pipe")) {
            return "the connection was reset";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    static IOException connectTimeout(Destination destination, Duration limit) {
        return new IOException(destination + ": no connection within " + seconds(limit));
    }

    /** {@code 10 s} or {@code 0.25 s}. */
    static String seconds(Duration time) {
        String text = Double.toString(time.toMillis() / 1000.0);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
    }

    /** The nearest cause of a kind. */
    static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
        Throwable next = cause;
        for (int depth = 0; next != null && depth < 20; depth++) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
            next = next.getCause();
        }
        return null;
    }
}
