package dev.millrace.distribution.init;

import dev.millrace.core.host.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Why nothing was written. */
final class InitException extends Exception {
    private final ExitCode exitCode;
    private final List<String> lines;

    private InitException(ExitCode exitCode, List<String> lines) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** The command line is to be changed. */
    static InitException usage(String message) {
        return new InitException(ExitCode.USAGE, List.of("millrace: " + message));
    }

    /** The file cannot be taken over. */
    static InitException configuration(List<String> lines) {
        return new InitException(ExitCode.CONFIGURATION, lines);
    }

    /** The file cannot be taken over, after remarks on it. */
    static InitException configuration(List<String> remarks, String message) {
        List<String> lines = new ArrayList<>(remarks);
        lines.add("millrace: " + message);
        return new InitException(ExitCode.CONFIGURATION, lines);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** What the user is told. */
    List<String> lines() {
        return lines;
    }
}
