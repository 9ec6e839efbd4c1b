package dev.millrace.core.transport;

import dev.millrace.spi.http.TlsSettings;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is wrong with an encrypted connection until a person changes it, and what to change. */
final class TlsFailures {
    private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]+)");

    private TlsFailures() {}

    /** One sentence; null where it may be better the next time, or has nothing to do with TLS. */
    static @Nullable String sentence(Destination destination, TlsSettings settings, Throwable cause) {
        CertificateException certificate = Failures.find(cause, CertificateException.class);
        if (certificate != null) {
            return certificate(settings.serverName().orElse(destination.host()), settings, certificate);
        }
        if (Failures.find(cause, NotSslRecordException.class) != null) {
            return "the server does not speak TLS (is it http:// and not https://?)";
        }
        SSLException tls = Failures.find(cause, SSLException.class);
        if (tls == null) {
            return null;
        }
        String words = String.valueOf(tls.getMessage());
        if (words.contains("No appropriate protocol") || words.contains("not accepted by client preferences")) {
            return version(settings);
        }
        Matcher alert = ALERT.matcher(words);
        return alert.find() ? alert(alert.group(1), destination, settings) : null;
    }

    /* RFC 8446, section 6.2. */
    private static @Nullable String alert(String name, Destination destination, TlsSettings settings) {
        return switch (name) {
            case "protocol_version", "insufficient_security" -> version(settings);
            case "unrecognized_name" ->
                "the server knows no host '" + settings.serverName().orElse(destination.host())
                        + "'; ServerName sets another name";
            case "handshake_failure" ->
                "the server refused the handshake (TLS alert " + name
                        + "): it may demand a client certificate (CertFile, KeyFile), or another version or cipher";
            case "certificate_required",
                    "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied" ->
                settings.certFile()
                        .map(file -> "the server does not accept the client certificate in " + file + " (TLS alert "
                                + name + "); check that it has not expired, and that the server trusts its authority")
                        .orElse("the server demands a client certificate (TLS alert " + name
                                + "); name one in CertFile and KeyFile");
            default -> null;
        };
    }

    private static String version(TlsSettings settings) {
        return settings.minVersion() == TlsSettings.Version.TLS13
                ? "the server does not speak TLS 1.3, which MinVersion demands"
                : "the server does not speak TLS 1.2 or 1.3, and older versions are not safe";
    }

    private static String certificate(String host, TlsSettings settings, CertificateException cause) {
        CertificateException expired = Failures.find(cause, CertificateExpiredException.class);
        if (expired != null) {
            return "the server's certificate has expired (" + expired.getMessage() + ")";
        }
        CertificateException early = Failures.find(cause, CertificateNotYetValidException.class);
        if (early != null) {
            return "the server's certificate is not valid yet (" + early.getMessage() + ")";
        }
        String words = String.valueOf(cause.getMessage());
        if (words.startsWith("No ") && words.contains("found")) {
            return "the server's certificate is not made for '" + host
                    + "'; if the server is the right one, set ServerName to a name in it (" + words + ")";
        }
        return settings.caFile()
                .map(file -> "the server's certificate is not signed by an authority in " + file + " (" + words + ")")
                .orElse("the server's certificate is not signed by an authority that this JVM trusts; name the"
                        + " authority's certificate in CaFile, or add it to the JVM's trust store (" + words + ")");
    }
}
