package dev.millrace.plugin.input.prometheus;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type in a Content-Type (RFC 9110, 8.3.1), whose parameters are only looked at for their form. */
final class MediaType {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern TYPE = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*" + TOKEN + "\\s*=\\s*(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")\\s*");
    private static final Pattern REST = Pattern.compile(";?\\s*");

    private MediaType() {}

    /** The format of pages of a Content-Type; empty where it has no such format, or not the form of one. */
    static Optional<PageFormat> format(String contentType) {
        Matcher type = TYPE.matcher(contentType);
        if (!type.lookingAt() || !hasParameters(contentType, type.end())) {
            return Optional.empty();
        }
        return switch (type.group(1).toLowerCase(Locale.ROOT)) {
            case "text/plain" -> Optional.of(PageFormat.TEXT);
            case "application/openmetrics-text" -> Optional.of(PageFormat.OPEN_METRICS);
            case "application/vnd.google.protobuf" -> Optional.of(PageFormat.PROTOBUF);
            default -> Optional.empty();
        };
    }

    private static boolean hasParameters(String text, int from) {
        int at = from;
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.region(at, text.length()).lookingAt()) {
            at = parameter.end();
        }
        return REST.matcher(text).region(at, text.length()).matches();
    }
}
