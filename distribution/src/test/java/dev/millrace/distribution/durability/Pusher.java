package dev.millrace.distribution.durability;

import dev.millrace.distribution.run.RemoteWriteClient;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * A client that pushes page after page, and knows which were answered with success. What was not may have been kept all the
 * same; it is not pushed again.
 */
final class Pusher implements AutoCloseable {
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST = 1_700_000_000_000L;

    private final String name;
    private final RemoteWriteClient client;
    private final BitSet acknowledged = new BitSet();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private volatile int attempted;
    private final Repeated pushing;

    /** Starts a client whose pages have {@code width} series with the label {@code instance="name"}. */
    Pusher(String uri, String name, int width) {
        this.name = name;
        this.client = new RemoteWriteClient(uri, name, width);
        this.pushing = new Repeated(name, this::pushAndWait);
    }

    String name() {
        return name;
    }

    /** The pages that were answered with success. */
    BitSet acknowledged() {
        synchronized (acknowledged) {
            return (BitSet) acknowledged.clone();
        }
    }

    /** How many pushes got each answer: a status, or why there was none. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** How many pages were pushed, whatever came of it. */
    int attempted() {
        return attempted;
    }

    /** When the samples of a page were, as it says. */
    static long time(int page) {
        return FIRST + page;
    }

    private long pushAndWait() {
        return push() ? PACE : 5 * PACE; // nobody listens, or the process was killed
    }

    private boolean push() {
        int page = attempted + 1;
        attempted = page;
        try {
            int status = client.push(page, time(page));
            answers.merge(Integer.toString(status), 1, Integer::sum);
            if (status / 100 == 2) {
                synchronized (acknowledged) {
                    acknowledged.set(page);
                }
            }
            return true;
        } catch (IOException e) {
            answers.merge(e.toString(), 1, Integer::sum);
            return false;
        }
    }

    /** Does something while nothing is pushed. */
    <T> T still(Callable<T> what) throws Exception {
        return pushing.still(what);
    }

    /** Pushes no more. */
    @Override
    public void close() {
        pushing.close();
    }
}
