package dev.millrace.distribution.comparison;

import dev.millrace.distribution.run.ChildProcess;
import java.util.List;

/** A program ended that should have gone on. */
final class ProgramEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LAST_LINES = 20;

    ProgramEndedException(String name, ChildProcess process) {
        super(name + " ended by itself; its last lines:\n" + String.join("\n", last(process.lines())));
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }
}
