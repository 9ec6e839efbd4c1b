package dev.millrace.distribution.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What a comparison says at its end: medians over the rounds, and ratios to the first program of the same round. */
final class Report {
    private final Scenario scenario;
    private final List<Program> programs;
    private final List<Measurement> measurements = new ArrayList<>();

    Report(Scenario scenario, List<Program> programs) {
        this.scenario = scenario;
        this.programs = List.copyOf(programs);
    }

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** A turn in a line. */
    static String line(Measurement turn) {
        return String.format(
                Locale.ROOT,
                "round %d  %-18s CPU s/million: steady %.2f, from start %.2f, load %.2f  peak %d MiB  %.1f bytes/sample"
                        + "  first after %.2f s  served %,d  lost %,d  sent again %,d  out of order %,d  refused %d",
                turn.round(),
                turn.program(),
                turn.steadyCpu(),
                turn.wholeCpu(),
                turn.loadCpu(),
                turn.peakBytes() >> 20,
                turn.bytesPerSample(),
                turn.firstSeconds(),
                turn.served(),
                turn.lost(),
                turn.received().samples().repeated(),
                turn.received().samples().outOfOrder(),
                turn.received().refused());
    }

    /** All of it. */
    String text() throws IOException {
        return scenario.describe() + "\n" + MachineFacts.text() + "\n\n" + figures() + "\n" + commands();
    }

    private TextTable figures() throws IOException {
        TextTable table = new TextTable(
                "program",
                "CPU s for a million samples",
                "ratio",
                "the same from start",
                "ratio",
                "peak RSS MiB",
                "bytes a sample",
                "first send s",
                "served",
                "delivered",
                "lost",
                "load's CPU");
        for (Program program : programs) {
            table.row(
                    program.describe(),
                    spread(program, Measurement::steadyCpu).text(2),
                    ratio(program, Measurement::steadyCpu).text(2),
                    spread(program, Measurement::wholeCpu).text(2),
                    ratio(program, Measurement::wholeCpu).text(2),
                    spread(program, turn -> turn.peakBytes() / (double) (1 << 20))
                            .text(0),
                    spread(program, Measurement::bytesPerSample).text(1),
                    spread(program, Measurement::firstSeconds).text(2),
                    sum(program, Measurement::served),
                    sum(program, turn -> turn.received().samples().scraped()),
                    sum(program, Measurement::lost),
                    spread(program, Measurement::loadCpu).text(2));
        }
        return table;
    }

    private TextTable commands() throws IOException {
        TextTable table = new TextTable("program", "started as");
        for (Program program : programs) {
            table.row(program.describe(), "`" + String.join(" ", program.command()) + "`");
        }
        return table;
    }

    private Spread spread(Program program, ToDoubleFunction<Measurement> figure) {
        return Spread.of(of(program).mapToDouble(figure));
    }

    private Spread ratio(Program program, ToDoubleFunction<Measurement> figure) {
        DoubleStream ratios = of(program)
                .mapToDouble(turn -> figure.applyAsDouble(turn)
                        / of(programs.get(0))
                                .filter(first -> first.round() == turn.round())
                                .mapToDouble(figure)
                                .findFirst()
                                .orElseThrow());
        return Spread.of(ratios);
    }

    private String sum(Program program, ToDoubleFunction<Measurement> figure) {
        return String.format(
                Locale.ROOT, "%,.0f", of(program).mapToDouble(figure).sum());
    }

    private Stream<Measurement> of(Program program) {
        return measurements.stream().filter(turn -> turn.program().equals(program.name()));
    }
}
