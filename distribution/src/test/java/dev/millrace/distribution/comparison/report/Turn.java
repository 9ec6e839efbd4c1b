package dev.millrace.distribution.comparison.report;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one turn of a program showed.
 *
 * @param program its name
 * @param round from 1 on
 * @param figures in their order; one that could not be measured, because nothing arrived, is not finite
 */
public record Turn(String program, int round, Map<Figure, Double> figures) {
    /** In a line. */
    public String line() {
        return "round %d  %-18s %s"
                .formatted(
                        round,
                        program,
                        figures.entrySet().stream()
                                .map(entry -> entry.getKey().title() + " "
                                        + entry.getKey().text(entry.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    double figure(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }
}
