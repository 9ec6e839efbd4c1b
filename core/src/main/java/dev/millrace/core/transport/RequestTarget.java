package dev.millrace.core.transport;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the target of a request line (RFC 9112, section 3.2) as path and query. */
final class RequestTarget {
    private RequestTarget() {}

    /** Path and query of an origin or absolute form; further slashes at the beginning are dropped. */
    static URI parse(String target) throws URISyntaxException {
        String origin = target;
        int scheme = target.indexOf("://");
        if (scheme > 0 && !target.startsWith("/")) {
            int path = target.indexOf('/', scheme + 3);
            origin = path < 0 ? "/" : target.substring(path);
        }
        if (!origin.startsWith("/")) {
            throw new URISyntaxException(target, "expected: a path");
        }
        int begin = 0;
        while (begin + 1 < origin.length() && origin.charAt(begin + 1) == '/') {
            begin++;
        }
        return new URI(origin.substring(begin));
    }
}
