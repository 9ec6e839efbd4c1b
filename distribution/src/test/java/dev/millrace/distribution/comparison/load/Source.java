package dev.millrace.distribution.comparison.load;

import java.io.IOException;

/** Where the samples come from that a program gets: pages that it scrapes, or requests that it receives. Thread-safe. */
public interface Source extends AutoCloseable {
    /** How the names of all its series begin, in Prometheus. */
    String names();

    /** How many samples the program has taken so far. */
    long samples();

    /** Gives no more samples. */
    void hold();

    @Override
    void close() throws IOException;
}
