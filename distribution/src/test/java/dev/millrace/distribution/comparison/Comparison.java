package dev.millrace.distribution.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command: measures the programs of a scenario in turn, round after round, and prints a table. */
public final class Comparison {
    private static final Path FOLDER = Path.of("target/comparison");

    private Comparison() {}

    /** Takes no arguments; {@link Scenario#fromProperties} names the system properties. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits for the client's delayed ACK
        Scenario scenario = Scenario.fromProperties();
        List<Program> programs = Programs.named(scenario.programs());
        Report report = new Report(scenario, programs);
        Files.createDirectories(FOLDER);
        System.out.println(scenario.describe());
        for (int round = 1; round <= scenario.rounds(); round++) {
            for (Program program : programs) {
                Measurement turn = Trial.run(scenario, program, round, FOLDER);
                report.add(turn);
                System.out.println(Report.line(turn));
            }
        }
        String text = report.text();
        System.out.println("\n" + text);
        System.out.println("The same is in " + Files.writeString(FOLDER.resolve("report.md"), text));
    }
}
