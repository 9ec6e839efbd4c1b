package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receiver fails while the program goes on scraping, which may be killed in the middle of that and started again; then
 * no more pages are served, the receiver takes everything, and the program may deliver what it has.
 *
 * @param warmUp how long a program delivers before
 * @param outage how long the receiver fails
 * @param kill how long before the end of the outage the program is killed, if it is
 */
record OutageScenario(Load load, Fault fault, Duration warmUp, Duration outage, Optional<Duration> kill)
        implements Scenario {
    /** Before a kill, no more pages are served for so long, so that no page is lost on its way in. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** No program waits longer between two tries; vmagent waits up to a minute. */
    private static final Duration QUIET = Duration.ofSeconds(75);

    @Override
    public String title() {
        return kill.isPresent() ? fault + ", kill -9" : fault.toString();
    }

    @Override
    public int remembered() {
        Duration all = warmUp.plus(outage).plus(SETTLE.multipliedBy(3));
        return (int) (all.toMillis() / load.interval().toMillis()) + 10;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.EXPOSED,
                Figure.LOST,
                Figure.REPEATED,
                Figure.OUT_OF_ORDER,
                Figure.CAUGHT_UP,
                Figure.CPU,
                Figure.PEAK_MIB);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        stage.start();
        stage.awaitSamples();
        stage.pass(warmUp);
        Moment before = stage.look();
        stage.receiver().fail(fault);
        Duration afterKill = kill.orElse(Duration.ZERO);
        stage.pass(outage.minus(afterKill));
        if (kill.isPresent()) {
            killAndStart(stage);
        }
        stage.pass(afterKill);
        Moment after = stage.look();
        stage.targets().hold();
        stage.pass(SETTLE);
        long recovery = System.nanoTime();
        stage.receiver().recover();
        stage.drain(QUIET);
        Moment end = stage.look();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.EXPOSED, (double) (after.served() - before.served()));
        figures.put(Figure.LOST, (double) end.lost());
        figures.put(Figure.REPEATED, (double) end.received().samples().repeated());
        figures.put(Figure.OUT_OF_ORDER, (double) end.received().samples().outOfOrder());
        figures.put(Figure.CAUGHT_UP, Math.max(0, stage.receiver().lastSample() - recovery) / 1e9);
        figures.put(Figure.CPU, end.cpuSince(before));
        figures.put(Figure.PEAK_MIB, end.peakMebibytes());
        return figures;
    }

    private static void killAndStart(Stage stage) throws IOException {
        stage.targets().hold();
        stage.pass(SETTLE);
        stage.kill();
        stage.targets().resume();
        stage.start();
    }
}
