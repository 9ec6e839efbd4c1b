package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;

/** What the kernel counts for the whole host, from /proc/stat (proc(5)). */
final class KernelCollector implements Collector {
    private final Path file;
    private final BootTime boot;
    private final ProcText text = new ProcText();
    private final Series interrupts;
    private final Series contextSwitches;
    private final Series forks;
    private final Series bootTime;
    private final Series running;
    private final Series blocked;

    KernelCollector(Host host) {
        Families families = host.families();
        file = host.proc("stat");
        boot = host.boot();
        interrupts = families.counter("node_intr_total", "Interrupts that were served.")
                .series();
        contextSwitches = families.counter("node_context_switches_total", "Changes from one thread to another.")
                .series();
        forks = families.counter("node_forks_total", "Processes and threads that were made.")
                .series();
        bootTime = families.gauge("node_boot_time_seconds", "When the host was started, in seconds since the epoch.")
                .series();
        running = families.gauge("node_procs_running", "Threads that run or could run.")
                .series();
        blocked = families.gauge("node_procs_blocked", "Threads that wait for a device.")
                .series();
    }

    @Override
    public void collect(Samples samples) throws IOException {
        long start = boot.milliseconds();
        text.read(file);
        while (text.nextLine()) {
            if (!text.nextField()) {
                continue;
            }
            if (text.is("intr")) {
                samples.add(interrupts, text.nextNumber(), start);
            } else if (text.is("ctxt")) {
                samples.add(contextSwitches, text.nextNumber(), start);
            } else if (text.is("processes")) {
                samples.add(forks, text.nextNumber(), start);
            } else if (text.is("btime")) {
                samples.add(bootTime, text.nextNumber());
            } else if (text.is("procs_running")) {
                samples.add(running, text.nextNumber());
            } else if (text.is("procs_blocked")) {
                samples.add(blocked, text.nextNumber());
            }
        }
    }
}
