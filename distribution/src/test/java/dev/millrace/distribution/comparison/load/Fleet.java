package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.util.List;

/** Targets that are scraped, each at an address of its own. Thread-safe. */
public interface Fleet extends Source {
    /** Starts the targets of a load: in this process, or in as many of their own as their open files need. */
    static Fleet of(Load load) throws IOException {
        return load.targets() <= TargetProcesses.TARGETS_OF_ONE ? TargetFleet.start(load) : TargetProcesses.start(load);
    }

    /** Host and port of each target. */
    List<String> addresses();

    /** How the first so many targets were scraped so far. */
    Scrapes scrapes(int first);

    /** Serves pages again, and cuts the connections whose requests stayed without an answer. */
    void resume();

    /** Processor seconds of the processes that serve, beside this one. */
    double cpuSeconds() throws IOException;

    @Override
    default String names() {
        return "node_";
    }
}
