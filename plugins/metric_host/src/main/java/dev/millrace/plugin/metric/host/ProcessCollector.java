package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processes and threads by state, from {@code /proc/PID/stat} and {@code /proc/PID/task/TID/stat} (proc(5)). One that ends while
 * it is looked at does not count.
 */
final class ProcessCollector implements Collector {
    /** How many fields there are between the state and the number of threads. */
    private static final int BEFORE_THREADS = 16;

    private final Path proc;
    private final Path threadLimit;
    private final Path processLimit;
    private final ProcText text = new ProcText();
    private final Series processes;
    private final Series threads;
    private final Series mostThreads;
    private final Series mostProcesses;
    private final StateCounts processStates;
    private final StateCounts threadStates;

    ProcessCollector(Host host) {
        proc = host.options().procPath();
        threadLimit = host.proc("sys/kernel/threads-max");
        processLimit = host.proc("sys/kernel/pid_max");
        Families families = host.families();
        processes = families.gauge("node_processes_pids", "Processes.").series();
        threads = families.gauge("node_processes_threads", "Threads.").series();
        mostThreads = families.gauge("node_processes_max_threads", "The most threads that there may be.")
                .series();
        mostProcesses = families.gauge("node_processes_max_processes", "The most process IDs that there may be.")
                .series();
        processStates = new StateCounts(
                families.gauge("node_processes_state", "Processes by state, as ps(1) shows it."), "state");
        threadStates = new StateCounts(
                families.gauge("node_processes_threads_state", "Threads by state, as ps(1) shows it."), "thread_state");
    }

    @Override
    public void collect(Samples samples) throws IOException {
        processStates.clear();
        threadStates.clear();
        int processCount = 0;
        double threadCount = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, ProcessCollector::isNumbered)) {
            for (Path folder : folders) {
                if (!isAtState(folder)) {
                    continue;
                }
                processStates.count(text);
                processCount++;
                threadCount += threadsOfProcess();
                countThreads(folder.resolve("task"));
            }
        }
        samples.add(processes, processCount);
        samples.add(threads, threadCount);
        samples.add(mostThreads, only(threadLimit));
        samples.add(mostProcesses, only(processLimit));
        processStates.add(samples);
        threadStates.add(samples);
    }

    private void countThreads(Path tasks) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
            for (Path folder : folders) {
                if (isAtState(folder)) {
                    threadStates.count(text);
                }
            }
        } catch (IOException | DirectoryIteratorException ended) {
            return; // the process
        }
    }

    /* The name in parentheses may hold anything, parentheses too; the state stands after the last one. */
    private boolean isAtState(Path folder) {
        if (!text.isGiven(folder.resolve("stat")) || !text.nextLine() || !text.nextFieldBefore(')')) {
            return false;
        }
        text.skipSeparator();
        return text.nextField();
    }

    private double threadsOfProcess() throws IOException {
        for (int i = 0; i < BEFORE_THREADS; i++) {
            text.nextField();
        }
        return text.nextNumber();
    }

    private double only(Path file) throws IOException {
        text.read(file).nextLine();
        return text.nextNumber();
    }

    private static boolean isNumbered(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.chars().allMatch(one -> one >= '0' && one <= '9');
    }
}
