package dev.millrace.core.delivery;

import java.util.function.Consumer;
import org.slf4j.Logger;

/** Log lines that may come in floods: one in an interval, and with the next how many there were between. */
final class Complaints {
    private final Logger log;
    private final String name;
    private final long interval;
    private final Consumer<String> all;
    private long last;
    private boolean any;
    private long suppressed;

    /** Lines that begin with {@code name}, one in {@code interval} nanoseconds. */
    Complaints(Logger log, String name, long interval) {
        this(log, name, interval, message -> {});
    }

    /** The same, with {@code all} told every message. */
    Complaints(Logger log, String name, long interval, Consumer<String> all) {
        this.log = log;
        this.name = name;
        this.interval = interval;
        this.all = all;
    }

    /** Logs a message unless it is too soon; true if it was logged. */
    boolean add(long now, String message) {
        all.accept(message);
        if (any && now - last < interval) {
            suppressed++;
            return false;
        }
        log.warn("{}: {}{}", name, message, suppressed == 0 ? "" : " (" + suppressed + " like it since the last line)");
        any = true;
        last = now;
        suppressed = 0;
        return true;
    }
}
