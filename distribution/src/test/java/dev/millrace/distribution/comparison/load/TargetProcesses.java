package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Targets in several processes: a target has two open files, the one that it listens on and its connection, and a process
 * may have so many only. Thread-safe.
 */
final class TargetProcesses implements Fleet {
    /** How many targets one process has at most. */
    static final int TARGETS_OF_ONE = 5000;

    private final Load load;
    private final List<TargetProcess> processes = new ArrayList<>();

    private TargetProcesses(Load load) {
        this.load = load;
    }

    static TargetProcesses start(Load load) throws IOException {
        return start(load, TARGETS_OF_ONE);
    }

    /** Starts processes that have so many targets each, but for the last. */
    static TargetProcesses start(Load load, int each) throws IOException {
        TargetProcesses fleet = new TargetProcesses(load);
        for (int first = 0; first < load.targets(); first += each) {
            Load part = new Load(Math.min(each, load.targets() - first), load.series(), load.interval(), load.seed());
            fleet.processes.add(new TargetProcess(part, first));
        }
        return fleet;
    }

    @Override
    public List<String> addresses() {
        return processes.stream()
                .flatMap(process -> process.addresses().stream())
                .toList();
    }

    @Override
    public long samples() {
        return scrapes(load.targets()).pages() * load.series();
    }

    @Override
    public Scrapes scrapes(int first) {
        Scrapes all = Scrapes.none();
        int left = first;
        for (TargetProcess process : processes) {
            int some = Math.min(left, process.addresses().size());
            all = all.and(process.scrapes(some));
            left -= some;
        }
        return all;
    }

    @Override
    public double cpuSeconds() throws IOException {
        double seconds = 0;
        for (TargetProcess process : processes) {
            seconds += process.cpuSeconds();
        }
        return seconds;
    }

    @Override
    public void hold() {
        processes.forEach(TargetProcess::hold);
    }

    @Override
    public void resume() {
        processes.forEach(TargetProcess::resume);
    }

    @Override
    public void close() {
        processes.forEach(TargetProcess::close);
    }
}
