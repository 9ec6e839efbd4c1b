package dev.millrace.distribution.comparison.report;

import dev.millrace.distribution.comparison.load.Load;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The turns of all programs at one load, and with one fault.
 *
 * @param title what was done
 * @param figures what was measured, in the order in which it is shown
 */
public record Part(String title, Load load, List<Figure> figures, List<Turn> turns) {
    public Part {
        figures = List.copyOf(figures);
        turns = List.copyOf(turns);
    }

    /** The spread of a program's figure, if it was measured. */
    Optional<Spread> spread(String program, Figure figure) {
        return spread(program, turn -> turn.figure(figure));
    }

    /** The spread of its ratios to another program's in the same rounds, if both were measured. */
    Optional<Spread> ratio(String program, Figure figure, String other) {
        return spread(
                program,
                turn -> turn.figure(figure)
                        / of(other)
                                .filter(first -> first.round() == turn.round())
                                .mapToDouble(first -> first.figure(figure))
                                .findFirst()
                                .orElse(Double.NaN));
    }

    /** The sum of a program's figure over all rounds, if it was measured. */
    Optional<Double> sum(String program, Figure figure) {
        return of(program).map(turn -> turn.figure(figure)).reduce(Double::sum);
    }

    private Optional<Spread> spread(String program, ToDoubleFunction<Turn> value) {
        double[] values =
                of(program).mapToDouble(value).filter(Double::isFinite).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    private Stream<Turn> of(String program) {
        return turns.stream().filter(turn -> turn.program().equals(program));
    }
}
