package dev.millrace.plugin.flusher.http.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers by which a server refuses the connection, not what was sent over it: they say 400, as to a bad request, but
 * hold for every request until a person changes something. The words have to stand where these servers put them, because
 * a receiver that refuses a request may quote what it was sent. They come from what stands before a receiver, of whose
 * error messages remote write says that they must not be interpreted.
 *
 * <pre>
 * words                                            where           of
 * No required SSL certificate was sent             title           nginx
 * The SSL certificate error                        title           nginx
 * The plain HTTP request was sent to HTTPS port    title           nginx
 * Client sent an HTTP request to an HTTPS server.  alone           servers in Go
 * speaking plain HTTP to an SSL-enabled            page of errors  Apache
 * </pre>
 */
final class ConnectionRefusal {
    private static final String NOT_HTTPS = " (is the URL https:// and not http://?)";

    private static final String ALONE = "client sent an http request to an https server.";
    private static final String OF_APACHE = "you're speaking plain http to an ssl-enabled server port.";
    private static final Pattern PAGE_OF_APACHE = Pattern.compile(
            "<!doctype html[^>]*>\\s*<html>\\s*<head>\\s*<title>400 bad request</title>.*", Pattern.DOTALL);
    private static final Pattern TITLE =
            Pattern.compile("<html>\\s*<head>\\s*<title>400 ([^<]*)</title>.*", Pattern.DOTALL);

    private static final Map<String, String> TITLES = Map.of(
            "no required ssl certificate was sent",
                    " (the server demands a client certificate, of an authority that it trusts: Http.Tls.CertFile)",
            "the ssl certificate error",
                    " (the server does not accept the client certificate: check Http.Tls.CertFile)",
            "the plain http request was sent to https port", NOT_HTTPS);

    private ConnectionRefusal() {}

    /** What to do about it; empty where the answer is about the request. */
    static Optional<String> remedy(int status, String text) {
        if (status != 400) {
            return Optional.empty();
        }
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.equals(ALONE)
                || words.contains(OF_APACHE) && PAGE_OF_APACHE.matcher(words).matches()) {
            return Optional.of(NOT_HTTPS);
        }
        Matcher title = TITLE.matcher(words);
        return title.matches() ? Optional.ofNullable(TITLES.get(title.group(1).strip())) : Optional.empty();
    }
}
