package dev.millrace.distribution.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of Millrace's log.
 *
 * @param level such as {@code ERROR}
 * @param component what it is about
 * @param message the text, whole
 */
public record LogLine(String level, String component, String message) {
    private static final Pattern LINE =
            Pattern.compile("(TRACE|DEBUG|INFO|WARN|ERROR) +(.+?) (\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z) (.*)");

    /** Those of some lines that are log lines. */
    public static List<LogLine> parse(List<String> lines) {
        return lines.stream().flatMap(LogLine::parse).toList();
    }

    /** The messages of some lines, of warnings and errors. */
    public static List<String> complaints(List<String> lines) {
        return parse(lines).stream()
                .filter(line -> line.level.equals("WARN") || line.level.equals("ERROR"))
                .map(LogLine::message)
                .toList();
    }

    /** Those of some lines that are no log lines, such as the lines of a stack trace. */
    public static List<String> others(List<String> lines) {
        return lines.stream().filter(line -> parse(line).findAny().isEmpty()).toList();
    }

    private static Stream<LogLine> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Stream.of(new LogLine(matcher.group(1), matcher.group(2), matcher.group(4)))
                : Stream.empty();
    }
}
