package dev.millrace.plugin.flusher.http.spi;

import java.util.HashMap;
import java.util.Map;

/**
 * What each status of an answer means for the slice that was sent. Immutable.
 *
 * <pre>
 * status                    meaning
 * 2xx                       DELIVERED
 * 429, 5xx                  RETRY, no sooner than Retry-After says
 * 3xx                       HELD: the URL is not the receiver's; 307 and 308 were followed, as far as that is possible
 * 401, 403, 404, 405, 407   HELD: credentials, path or proxy are wrong until a person changes them
 * 413                       SPLIT
 * any other                 REJECTED: remote write forbids to repeat a request that was answered with 4xx, 408 included
 * </pre>
 */
public final class StatusTable {
    /** The table above. */
    public static final StatusTable DEFAULT = new StatusTable(Map.of());

    private final Map<Integer, Meaning> changed;

    private StatusTable(Map<Integer, Meaning> changed) {
        this.changed = Map.copyOf(changed);
    }

    /** What becomes of a slice. Each is an {@link dev.millrace.spi.pipeline.Outcome}. */
    public enum Meaning {
        /** The destination has it. */
        DELIVERED,
        /** It is sent again after a while. */
        RETRY,
        /** It is kept until a person changes something. */
        HELD,
        /** It is sent again in two parts. */
        SPLIT,
        /** The destination will never take it. */
        REJECTED
    }

    /** This table with another meaning of one status. */
    public StatusTable with(int status, Meaning meaning) {
        Map<Integer, Meaning> more = new HashMap<>(changed);
        more.put(status, meaning);
        return new StatusTable(more);
    }

    /** What a status means. */
    public Meaning meaning(int status) {
        Meaning meaning = changed.get(status);
        return meaning != null ? meaning : byDefault(status);
    }

    private static Meaning byDefault(int status) {
        if (status >= 200 && status <= 299) {
            return Meaning.DELIVERED;
        }
        if (status == 429 || status >= 500 && status <= 599) {
            return Meaning.RETRY;
        }
        if (status >= 300 && status <= 399) {
            return Meaning.HELD;
        }
        return switch (status) {
            case 401, 403, 404, 405, 407 -> Meaning.HELD;
            case 413 -> Meaning.SPLIT;
            default -> Meaning.REJECTED;
        };
    }
}
