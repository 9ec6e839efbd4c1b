package dev.millrace.distribution.comparison;

import dev.millrace.core.files.FileTree;
import dev.millrace.distribution.comparison.report.Contestant;
import dev.millrace.distribution.comparison.report.MachineFacts;
import dev.millrace.distribution.comparison.report.Part;
import dev.millrace.distribution.comparison.report.Results;
import dev.millrace.distribution.comparison.report.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Plays the parts of a scenario, round after round, with one program at a time; each round begins with another one. */
final class Rounds implements Closeable {
    private final String scenario;
    private final String description;
    private final Programs programs;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> leftOut;

    private Rounds(String scenario, String description, Programs programs, Path folder, Consumer<String> progress) {
        this.scenario = scenario;
        this.description = description;
        this.programs = programs;
        this.folder = folder;
        this.progress = progress;
        this.leftOut = new ArrayList<>(programs.leftOut());
    }

    /** Prepares the programs in a folder, which has their files while it plays. */
    static Rounds open(String scenario, String description, Programs programs, Path parent, Consumer<String> progress)
            throws IOException {
        Path folder = Files.createTempDirectory(parent, scenario + "-").toAbsolutePath();
        Rounds rounds = new Rounds(scenario, description, programs, folder, progress);
        for (Program program : programs.present()) {
            program.prepare(folder);
            rounds.contestants.add(new Contestant(program.name(), program.describe(), program.command()));
        }
        return rounds;
    }

    /** Plays a part; a program that ends by itself, or never does what is waited for, has no turn in that round. */
    void play(Scenario part, int count) throws IOException {
        List<Turn> turns = new ArrayList<>();
        progress.accept(part.title() + ": " + part.load().describe());
        for (int round = 1; round <= count; round++) {
            for (Program program : inOrder(round)) {
                try (Stage stage = Stage.open(part, program, folder)) {
                    Turn turn = new Turn(program.name(), round, part.play(stage));
                    turns.add(turn);
                    progress.accept(turn.line());
                } catch (ProgramEndedException | AssertionError e) {
                    progress.accept(e.getMessage());
                    leftOut.add("%s, %s, round %d: %s"
                            .formatted(
                                    program.name(),
                                    part.title(),
                                    round,
                                    e.getMessage().lines().findFirst().orElse("")));
                }
            }
        }
        parts.add(new Part(part.title(), part.load(), part.figures(), turns));
    }

    /** Each round begins with another program. */
    private List<Program> inOrder(int round) {
        List<Program> order = new ArrayList<>(programs.present());
        Collections.rotate(order, 1 - round);
        return order;
    }

    /** What came of the parts that were played. */
    Results results() throws IOException {
        return new Results(scenario, description, MachineFacts.text(), contestants, parts, leftOut);
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(folder);
    }
}
