package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at {@code /metrics} of a Millrace again and again while it runs, through all its lives: on every page the equations
 * hold, over restarts the {@link Continuity}, and what is counted since a cursor began never goes back. Thread-safe.
 *
 * <p>A kill may cost the last count of deliveries, because they are repeated then, but no item that was appended. A page
 * that cannot be had, because the process is just starting or ending, is none.
 */
final class EquationsWatch {
    private static final long PAUSE_MILLIS = 250;
    private static final String FLUSHER = "millrace_flusher_";
    private static final String APPENDED = FLUSHER + "appended_items_total";
    private static final Set<String> TOTALS = Set.of(
            APPENDED,
            FLUSHER + "delivered_items_total",
            FLUSHER + "rejected_items_total",
            FLUSHER + "dropped_items_total");

    private final Millrace millrace;
    private final Object lock = new Object();
    private final Map<Total, Double> totals = new HashMap<>();
    private final Set<Total> seen = new HashSet<>();
    private final Continuity continuity = new Continuity();
    private CountDownLatch ended = new CountDownLatch(0);
    private Thread thread;
    private boolean killed;
    private int pages;
    private AssertionError violation;

    EquationsWatch(Millrace millrace) {
        this.millrace = millrace;
    }

    private record Total(String name, Map<String, String> labels) {}

    /** A life of the process begins. */
    void begin() {
        CountDownLatch end = new CountDownLatch(1);
        ended = end;
        thread = new Thread(() -> watch(end), "equations");
        thread.setDaemon(true);
        thread.start();
    }

    /** A life ends now, after a last look. */
    void end(boolean byKill) {
        if (ended.getCount() == 0) {
            return;
        }
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        look();
        synchronized (lock) {
            seen.clear();
            continuity.end();
            killed = byKill;
        }
    }

    /** What was counted up to now is not to be expected in the next life. */
    void forget() {
        synchronized (lock) {
            totals.clear();
            continuity.forget();
        }
    }

    /** Fails where something was wrong on any page. */
    void verify() {
        synchronized (lock) {
            if (violation != null) {
                throw violation;
            }
        }
    }

    private void watch(CountDownLatch end) {
        try {
            do {
                look();
            } while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        MetricsPage page;
        try {
            HttpResponse<String> answer = Web.get(millrace.admin() + "/metrics");
            if (answer.statusCode() != 200) {
                return;
            }
            page = MetricsPage.parse(answer.body());
        } catch (IOException e) {
            return; // it is not there yet, or no more
        }
        synchronized (lock) {
            pages++;
            try {
                Equations.holdWhereThere(page);
                compare(page);
                continuity.look(page, flusher -> isStored(flusher.pipeline()));
            } catch (AssertionError e) {
                violation = violation != null ? violation : new AssertionError("on page " + pages + " of /metrics", e);
            }
        }
    }

    private void compare(MetricsPage page) {
        Map<Total, Double> found = new HashMap<>();
        page.samples().stream()
                .filter(sample -> TOTALS.contains(sample.name()))
                .forEach(sample -> found.put(new Total(sample.name(), sample.labels()), sample.value()));
        found.forEach((total, value) -> {
            Double before = totals.get(total);
            boolean lives = seen.contains(total);
            if (before != null && (lives || isKept(total))) {
                assertThat(value).as("%s, which was %s", total, before).isGreaterThanOrEqualTo(before);
            }
        });
        totals.keySet().removeIf(total -> seen.contains(total) && !found.containsKey(total));
        totals.putAll(found);
        seen.retainAll(found.keySet());
        seen.addAll(found.keySet());
    }

    /* Whether a total must not be less in this life than in the one before. */
    private boolean isKept(Total total) {
        return (!killed || total.name.equals(APPENDED)) && isStored(total.labels.get("pipeline"));
    }

    private boolean isStored(String pipeline) {
        Path file = millrace.conf().resolve("pipelines/" + pipeline + ".yaml");
        try {
            return !Files.readString(file).contains("memory");
        } catch (IOException e) {
            return false; // its file is gone, and so is what is known of it
        }
    }
}
