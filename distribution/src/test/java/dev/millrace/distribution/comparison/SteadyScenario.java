package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The program runs through the warm-up and the window; then no more pages are served, and it may deliver what it has.
 *
 * @param warmUp how long a program runs before the window begins
 * @param window how long the steady state is measured
 * @param figures which figures are shown
 */
record SteadyScenario(String title, Load load, Duration warmUp, Duration window, List<Figure> figures)
        implements Scenario {
    /** No program waits longer before it sends what it has; Prometheus waits 5 s. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final List<Figure> STEADY = List.of(
            Figure.CPU,
            Figure.CPU_FROM_START,
            Figure.PEAK_MIB,
            Figure.BYTES_PER_SAMPLE,
            Figure.FIRST_SEND,
            Figure.SERVED,
            Figure.LOST,
            Figure.CPU_LOAD);

    private static final List<Figure> SCALE =
            List.of(Figure.CPU, Figure.PEAK_MIB, Figure.BYTES_PER_SERIES, Figure.SERVED, Figure.LOST, Figure.CPU_LOAD);

    static SteadyScenario of(Load load, Duration warmUp, Duration window) {
        return new SteadyScenario("steady", load, warmUp, window, STEADY);
    }

    /** The same at one of several loads. */
    static SteadyScenario ofSize(Load load, Duration warmUp, Duration window) {
        return new SteadyScenario("%,d series".formatted(load.allSeries()), load, warmUp, window, SCALE);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        long start = System.nanoTime();
        stage.start();
        stage.pass(warmUp);
        Moment before = stage.look();
        stage.pass(window);
        Moment after = stage.look();
        stage.targets().hold();
        stage.drain(QUIET);
        Moment end = stage.look();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU, after.cpuSince(before));
        figures.put(Figure.CPU_FROM_START, end.cpuFromStart());
        figures.put(Figure.PEAK_MIB, end.peakMebibytes());
        figures.put(Figure.BYTES_PER_SERIES, (double) end.peakBytes() / load.allSeries());
        figures.put(Figure.BYTES_PER_SAMPLE, after.bytesPerSampleSince(before));
        figures.put(Figure.FIRST_SEND, (stage.receiver().firstSample() - start) / 1e9);
        figures.put(Figure.SERVED, (double) end.served());
        figures.put(Figure.LOST, (double) end.lost());
        figures.put(Figure.CPU_LOAD, after.loadCpuSince(before));
        figures.keySet().retainAll(this.figures);
        return figures;
    }
}
