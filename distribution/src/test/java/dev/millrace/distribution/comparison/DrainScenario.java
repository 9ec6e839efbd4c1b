package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver;
import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.RequestFile;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The receiver is down until a backlog waits, then no more pages are served, and the program delivers it. What the receiver
 * takes at the most is measured by the program's own requests, recorded before and sent again back to back.
 *
 * @param warmUp how long a program delivers before what it costs live is measured, for as long again
 * @param backlog for how long the receiver is down
 */
record DrainScenario(Load load, Duration warmUp, Duration backlog) implements Scenario {
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** No program waits longer between two tries; vmagent waits up to a minute. */
    private static final Duration QUIET = Duration.ofSeconds(75);

    private static final int CONNECTIONS = 4;

    @Override
    public String title() {
        return "backlog";
    }

    @Override
    public int remembered() {
        return (int) (warmUp.multipliedBy(2).plus(backlog).toMillis()
                        / load.interval().toMillis())
                + 10;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.EXPOSED,
                Figure.RATE,
                Figure.RATE_ALONE,
                Figure.RATE_TO_ALONE,
                Figure.CPU,
                Figure.CPU_LIVE,
                Figure.CPU_TO_LIVE,
                Figure.CAUGHT_UP,
                Figure.LOST,
                Figure.PEAK_MIB);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        stage.start();
        stage.awaitSamples();
        stage.pass(warmUp);
        try (RequestFile requests = RequestFile.create(stage.folder().resolve("requests"))) {
            Moment before = stage.look();
            stage.receiver().record(requests);
            stage.pass(warmUp);
            stage.receiver().record(null);
            Moment live = stage.look();
            stage.receiver().fail(Fault.DOWN);
            stage.pass(backlog);
            stage.targets().hold();
            stage.pass(SETTLE);
            Moment dark = stage.look();
            stage.receiver().recover();
            stage.awaitMoreThan(dark.delivered(), QUIET);
            long first = System.nanoTime();
            stage.drain(QUIET);
            Moment end = stage.look();
            long last = stage.receiver().lastSample();
            double rate = (end.delivered() - dark.delivered()) / ((last - first) / 1e9);
            double alone = requests(live, before) / replay(stage, requests);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.put(Figure.EXPOSED, (double) (dark.served() - live.served()));
            figures.put(Figure.RATE, rate);
            figures.put(Figure.RATE_ALONE, alone);
            figures.put(Figure.RATE_TO_ALONE, rate / alone);
            figures.put(Figure.CPU, end.cpuSince(dark));
            figures.put(Figure.CPU_LIVE, live.cpuSince(before));
            figures.put(Figure.CPU_TO_LIVE, end.cpuSince(dark) / live.cpuSince(before));
            figures.put(Figure.CAUGHT_UP, (last - dark.nanos()) / 1e9);
            figures.put(Figure.LOST, (double) end.lost());
            figures.put(Figure.PEAK_MIB, end.peakMebibytes());
            return figures;
        }
    }

    private static double requests(Moment live, Moment before) {
        return live.received().samples().all() - before.received().samples().all();
    }

    private static double replay(Stage stage, RequestFile requests) throws IOException {
        try (CountingReceiver alone = stage.freshReceiver()) {
            return requests.replay(alone.endpoint(), CONNECTIONS);
        }
    }
}
