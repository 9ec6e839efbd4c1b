package dev.millrace.distribution.guard;

import dev.millrace.core.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command of {@code .ci/guard}: measures two builds side by side, and fails where the second takes clearly more. */
final class Guard {
    private Guard() {}

    /** Takes the folders of the baseline, of this build and of the compiled steps, and how many turns to measure. */
    public static void main(String[] arguments) throws IOException {
        Path baseline = Path.of(arguments[0]).toAbsolutePath();
        Path now = Path.of(arguments[1]).toAbsolutePath();
        Path classes = Path.of(arguments[2]).toAbsolutePath();
        Path folder = Files.createDirectories(Path.of("target/guard").toAbsolutePath());
        List<Map<String, Pair>> turns = new ArrayList<>();
        try {
            for (int turn = 0; turn < Integer.parseInt(arguments[3]); turn++) {
                turns.add(Turn.run(baseline, now, classes, folder));
            }
        } finally {
            FileTree.delete(folder);
        }
        Verdict verdict = Verdict.of(turns);
        System.out.println(verdict.table());
        if (verdict.isLoss()) {
            System.err.println(
                    "guard: this build takes clearly more than the baseline. Run .ci/guard again with more turns; where"
                            + " the loss stays, find it with the JMH benchmark of the step, and mend it. Where it is worth its price, set"
                            + " .ci/baseline to the commit that has it, and say why in its message.");
            System.exit(1);
        }
    }
}
