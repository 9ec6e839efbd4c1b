package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.ProcessFigures;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at a Millrace that delivers a backlog, ten times a second. Not thread-safe. */
final class DrainMeter {
    private static final long PAUSE = 100_000_000;
    private static final double MILLION = 1_000_000;

    private final Millrace millrace;
    private final long receiver;
    private final List<Reading> readings = new ArrayList<>();
    private int lanes;

    /** A meter that also looks at the process of the receiver. */
    DrainMeter(Millrace millrace, long receiver) {
        this.millrace = millrace;
        this.receiver = receiver;
    }

    /**
     * What a delivery took.
     *
     * @param samples how many were delivered since the process was ready
     * @param rate samples a second
     * @param laterRate samples a second in the later half
     * @param cpu processor seconds of Millrace for a million samples
     * @param receiverCpu the same of the receiver
     * @param lanes the most lanes that there were at the same time
     */
    record Drain(double samples, double rate, double laterRate, double cpu, double receiverCpu, int lanes) {}

    private record Reading(long nanos, double delivered, double cpu, double receiverCpu) {}

    /** Looks, if it is time to; returns how much was left when it last did. */
    double look() throws IOException {
        if (!readings.isEmpty() && System.nanoTime() - last().nanos < PAUSE) {
            return Double.NaN;
        }
        MetricsPage page = millrace.metrics();
        lanes = Math.max(lanes, (int) page.sum("millrace_flusher_lanes"));
        readings.add(new Reading(
                System.nanoTime(),
                page.sum("millrace_flusher_delivered_items_total"),
                ProcessFigures.of(millrace.process().pid()).cpuSeconds(),
                ProcessFigures.of(receiver).cpuSeconds()));
        return page.sum("millrace_flusher_backlog_items");
    }

    /** What it took. */
    Drain result() {
        Reading first = readings.get(0);
        Reading last = last();
        double samples = last.delivered - first.delivered;
        Reading middle = readings.stream()
                .filter(reading -> reading.delivered - first.delivered >= samples / 2)
                .findFirst()
                .orElseThrow();
        return new Drain(
                samples,
                rate(first, last),
                rate(middle, last),
                (last.cpu - first.cpu) / samples * MILLION,
                (last.receiverCpu - first.receiverCpu) / samples * MILLION,
                lanes);
    }

    private static double rate(Reading from, Reading to) {
        return (to.delivered - from.delivered) / (to.nanos - from.nanos) * 1e9;
    }

    private Reading last() {
        return readings.get(readings.size() - 1);
    }
}
