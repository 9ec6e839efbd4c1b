package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration changes again and again while the program scrapes: the last target goes, and comes back. The others are
 * to notice nothing of it.
 *
 * @param warmUp how long a program delivers before
 * @param window how long it goes on
 * @param every the time between two changes
 */
record ReloadScenario(Load load, Duration warmUp, Duration window, Duration every) implements Scenario {
    private static final Duration QUIET = Duration.ofSeconds(15);

    ReloadScenario {
        if (load.targets() < 2) {
            throw new IllegalArgumentException(
                    "targets: " + load.targets() + " (expected: at least 2, of which one goes)");
        }
    }

    @Override
    public String title() {
        return "reload every " + every.toSeconds() + " s";
    }

    @Override
    public int remembered() {
        return (int) (warmUp.plus(window).toMillis() / load.interval().toMillis()) + 10;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.RELOADS,
                Figure.MISSED,
                Figure.LOST,
                Figure.REPEATED,
                Figure.OUT_OF_ORDER,
                Figure.CPU,
                Figure.PEAK_MIB);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        int stay = load.targets() - 1;
        stage.start();
        stage.awaitSamples();
        stage.pass(warmUp);
        Moment before = stage.look();
        long missedBefore = stage.targets().scrapes(stay).missed();
        int reloads = 0;
        while (System.nanoTime() - before.nanos() < window.toNanos()) {
            stage.reload(reloads++ % 2 == 0 ? stay : load.targets());
            stage.pass(every);
        }
        stage.pass(load.interval());
        Moment after = stage.look();
        long missed = stage.targets().scrapes(stay).missed() - missedBefore;
        stage.targets().hold();
        stage.drain(QUIET);
        Moment end = stage.look();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RELOADS, (double) reloads);
        figures.put(Figure.MISSED, (double) missed);
        figures.put(Figure.LOST, (double) end.lost());
        figures.put(Figure.REPEATED, (double) end.received().samples().repeated());
        figures.put(Figure.OUT_OF_ORDER, (double) end.received().samples().outOfOrder());
        figures.put(Figure.CPU, after.cpuSince(before));
        figures.put(Figure.PEAK_MIB, end.peakMebibytes());
        return figures;
    }
}
