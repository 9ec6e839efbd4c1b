package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.Scrapes;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Many targets, which are discovered from a file, and counted one by one: each is to be scraped once in each interval. In the
 * first half of the window the program's processor time is measured, and in the second its memory.
 *
 * @param warmUp how long a program runs before the window begins
 * @param window an even number of intervals, so that each half has whole ones
 */
record TargetsScenario(Load load, Duration warmUp, Duration window) implements Scenario {
    private static final Duration QUIET = Duration.ofSeconds(15);

    @Override
    public String title() {
        return "targets";
    }

    @Override
    public boolean discovers() {
        return true;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.CPU,
                Figure.PEAK_MIB,
                Figure.RESIDENT,
                Figure.GROWTH,
                Figure.HEAP,
                Figure.HEAP_GROWTH,
                Figure.MISSED,
                Figure.LONGEST,
                Figure.BUSIEST,
                Figure.SERVED,
                Figure.LOST,
                Figure.CPU_LOAD);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        stage.start();
        stage.awaitSamples();
        stage.pass(warmUp);
        Scrapes earlier = stage.targets().scrapes(load.targets());
        Moment before = stage.look();
        stage.pass(window.dividedBy(2));
        Moment middle = stage.look();
        double heap = stage.heapMebibytes();
        stage.pass(window.dividedBy(2));
        Moment after = stage.look();
        double heapAfter = stage.heapMebibytes();
        Scrapes scrapes = stage.targets().scrapes(load.targets());
        stage.source().hold();
        stage.drain(QUIET);
        Moment end = stage.look();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU, middle.cpuSince(before));
        figures.put(Figure.PEAK_MIB, end.peakMebibytes());
        figures.put(Figure.RESIDENT, after.residentMebibytes());
        figures.put(Figure.GROWTH, after.residentMebibytes() - middle.residentMebibytes());
        figures.put(Figure.HEAP, heapAfter);
        figures.put(Figure.HEAP_GROWTH, heapAfter - heap);
        figures.put(Figure.MISSED, (double) (scrapes.missed() - earlier.missed()));
        figures.put(Figure.LONGEST, scrapes.longest());
        figures.put(Figure.BUSIEST, scrapes.busiest());
        figures.put(Figure.SERVED, (double) end.served());
        figures.put(Figure.LOST, (double) end.lost());
        figures.put(Figure.CPU_LOAD, middle.loadCpuSince(before));
        return figures;
    }
}
