package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done to a program over time, and which figures come of it. */
interface Scenario {
    /** What is done, in some words. */
    String title();

    /** What there is to scrape, or to receive. */
    Load load();

    /** How OTLP is pushed to the program; empty where it scrapes pages instead. */
    default Optional<OtlpProtocol> otlp() {
        return Optional.empty();
    }

    /** Whether the targets stand in a file that the program discovers, and not in its configuration. */
    default boolean discovers() {
        return false;
    }

    /**
     * How many scrapes of a series the receiver has to tell from others: as many as may lie between a sample and its
     * repetition.
     */
    default int remembered() {
        return 1;
    }

    /** The figures, in the order in which they are shown. */
    List<Figure> figures();

    /** Does it once to a program that is not started yet. */
    Map<Figure, Double> play(Stage stage) throws IOException;
}
