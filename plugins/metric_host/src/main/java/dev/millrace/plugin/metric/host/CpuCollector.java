package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The time of each processor by mode, from /proc/stat (proc(5)), which counts in hundredths of a second. */
final class CpuCollector implements Collector {
    private static final double TICKS = 100;
    /** By how much the kernel sets its counts of idle time back at times, in seconds, without that they begin anew. */
    private static final double LARGEST_STEP_BACK = 3;

    private static final String[] MODES = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};
    private static final String[] GUEST_MODES = {"user", "nice"};

    private final Path file;
    private final BootTime boot;
    private final ProcText text = new ProcText();
    private final Family time;
    private final Family guestTime;
    private final ByName<Processor> processors = new ByName<>(this::processor);

    CpuCollector(Host host) {
        file = host.proc("stat");
        boot = host.boot();
        time = host.families().counter("node_cpu_seconds_total", "Time that a processor spent in a mode, in seconds.");
        guestTime = host.families()
                .counter(
                        "node_cpu_guest_seconds_total",
                        "Time that a processor spent for guests in a mode, in seconds; it is part of the same mode's.");
    }

    /** The series of a processor, and their last values, in the order of the file. */
    private record Processor(Series[] series, double[] last) {}

    @Override
    public void collect(Samples samples) throws IOException {
        long start = boot.milliseconds();
        text.read(file);
        while (text.nextLine()) {
            if (text.nextField() && text.startsWith("cpu") && !text.is("cpu")) {
                add(processors.of(text), start, samples);
            }
        }
        processors.endRound();
    }

    /* Kernels have fewer columns the older they are. */
    private void add(Processor processor, long start, Samples samples) throws IOException {
        double[] last = processor.last();
        for (int i = 0; i < last.length && text.nextField(); i++) {
            double now = text.number() / TICKS;
            if (now > last[i] || last[i] - now > LARGEST_STEP_BACK) {
                last[i] = now;
            }
            samples.add(processor.series()[i], last[i], start);
        }
    }

    private Processor processor(String name) {
        String number = name.substring("cpu".length());
        Series[] series = new Series[MODES.length + GUEST_MODES.length];
        Arrays.setAll(series, i -> {
            boolean guest = i >= MODES.length;
            return guest
                    ? guestTime.series("cpu", number, "mode", GUEST_MODES[i - MODES.length])
                    : time.series("cpu", number, "mode", MODES[i]);
        });
        return new Processor(series, new double[series.length]);
    }
}
