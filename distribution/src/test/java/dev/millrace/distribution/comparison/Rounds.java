package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.report.Contestant;
import dev.millrace.distribution.comparison.report.MachineFacts;
import dev.millrace.distribution.comparison.report.Part;
import dev.millrace.distribution.comparison.report.Results;
import dev.millrace.distribution.comparison.report.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plays the parts of a scenario, round after round, with one program at a time; each round begins with another one. */
final class Rounds {
    private final String scenario;
    private final String description;
    private final Programs programs;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> leftOut;

    /** Keeps files in a folder while it plays, and says what happens. */
    Rounds(String scenario, String description, Programs programs, Path folder, Consumer<String> progress)
            throws IOException {
        this.scenario = scenario;
        this.description = description;
        this.programs = programs;
        this.folder = folder;
        this.progress = progress;
        this.leftOut = new ArrayList<>(programs.leftOut());
        for (Program program : programs.present()) {
            contestants.add(new Contestant(program.name(), program.describe(), program.command()));
        }
    }

    /** Plays a part; a program that ends by itself has no turn in that round. */
    void play(Scenario part, int rounds) throws IOException {
        List<Turn> turns = new ArrayList<>();
        progress.accept(part.title() + ": " + part.load().describe());
        for (int round = 1; round <= rounds; round++) {
            int count = programs.present().size();
            for (int i = 0; i < count; i++) {
                Program program = programs.present().get((round - 1 + i) % count);
                try (Stage stage = Stage.open(part, program, folder)) {
                    Turn turn = new Turn(program.name(), round, part.play(stage));
                    turns.add(turn);
                    progress.accept(turn.line());
                } catch (ProgramEndedException e) {
                    leftOut.add(
                            "a turn of " + program.name() + ", " + part.title() + ", round " + round + ": it ended");
                    progress.accept(e.getMessage());
                }
            }
        }
        parts.add(new Part(part.title(), part.load(), part.figures(), turns));
    }

    /** What came of the parts that were played. */
    Results results() throws IOException {
        return new Results(scenario, description, MachineFacts.text(), contestants, parts, leftOut);
    }
}
