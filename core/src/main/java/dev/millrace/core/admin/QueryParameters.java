package dev.millrace.core.admin;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a request's query.
 *
 * @param query the query as it was sent, or an empty text
 */
record QueryParameters(String query) {
    static QueryParameters of(URI uri) {
        return new QueryParameters(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /**
     * The first value of a parameter that is given as {@code name=value}.
     *
     * @throws IllegalArgumentException if it cannot be decoded, in words for the user
     */
    Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    /**
     * All values of a parameter.
     *
     * @throws IllegalArgumentException if one cannot be decoded, in words for the user
     */
    List<String> values(String name) {
        String begin = name + "=";
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith(begin))
                .map(parameter -> decode(parameter, begin.length()))
                .toList();
    }

    private static String decode(String parameter, int from) {
        try {
            return URLDecoder.decode(parameter.substring(from), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(parameter + " (expected: %-escapes of UTF-8)", e);
        }
    }
}
