package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The equation over restarts: what was appended for a flusher is what was when the process started, and what the journal
 * has appended since then. Not thread-safe.
 *
 * <p>The two are read one after the other, and the journal is counted when its inputs are told. So a page is judged where
 * the journal has not grown from two pages before it to two behind it.
 */
final class Continuity {
    private static final String APPENDED = "millrace_flusher_appended_items_total";
    private static final String JOURNAL = "millrace_journal_appended_items_total";

    private static final int AROUND = 5;

    private final Map<Flusher, Double> lastLife = new HashMap<>();
    private final Map<Flusher, Double> atStart = new HashMap<>();
    private final Deque<Page> pages = new ArrayDeque<>();

    /** A flusher in its pipeline. */
    record Flusher(String pipeline, String component) {}

    /** What one page tells. */
    private record Page(Map<String, Double> journals, Map<Flusher, Double> flushers) {
        static Page of(MetricsPage page) {
            Page read = new Page(new HashMap<>(), new HashMap<>());
            for (MetricsPage.Sample sample : page.samples()) {
                String pipeline = sample.labels().get("pipeline");
                if (sample.name().equals(JOURNAL)) {
                    read.journals.put(pipeline, sample.value());
                } else if (sample.name().equals(APPENDED)) {
                    read.flushers.put(new Flusher(pipeline, sample.labels().get("component")), sample.value());
                }
            }
            return read;
        }
    }

    /**
     * Looks at one page more.
     *
     * @param kept whether what was counted for a flusher in the life before must be there
     */
    void look(MetricsPage page, Predicate<Flusher> kept) {
        Page now = Page.of(page);
        Page before = pages.peekLast();
        if (before != null) {
            before.journals.forEach((pipeline, value) -> {
                if (now.journals.getOrDefault(pipeline, -1.0) < value) {
                    forget(pipeline); // it was opened anew
                }
            });
        }
        atStart.keySet().retainAll(now.flushers.keySet());
        pages.add(now);
        if (pages.size() > AROUND) {
            pages.remove();
        }
        if (pages.size() == AROUND) {
            judge(kept);
        }
    }

    private void judge(Predicate<Flusher> kept) {
        List<Page> around = List.copyOf(pages);
        Page judged = around.get(AROUND / 2);
        judged.flushers.forEach((flusher, appended) -> {
            Double journal = judged.journals.get(flusher.pipeline);
            boolean quiet = journal != null
                    && around.stream()
                            .allMatch(page -> journal.equals(page.journals.get(flusher.pipeline))
                                    && page.flushers.containsKey(flusher));
            if (quiet) {
                judge(flusher, appended - journal, kept);
            }
        });
    }

    private void judge(Flusher flusher, double start, Predicate<Flusher> kept) {
        Double known = atStart.putIfAbsent(flusher, start);
        if (known != null) {
            assertThat(start)
                    .as("appended for %s before what the journal has appended in this life", flusher)
                    .isEqualTo(known);
        } else if (lastLife.containsKey(flusher) && kept.test(flusher)) {
            assertThat(start)
                    .as("appended for %s when the process started", flusher)
                    .isGreaterThanOrEqualTo(lastLife.get(flusher));
        }
    }

    private void forget(String pipeline) {
        atStart.keySet().removeIf(flusher -> flusher.pipeline.equals(pipeline));
        lastLife.keySet().removeIf(flusher -> flusher.pipeline.equals(pipeline));
    }

    /** A life of the process has ended. */
    void end() {
        lastLife.clear();
        if (!pages.isEmpty()) {
            lastLife.putAll(pages.getLast().flushers);
        }
        atStart.clear();
        pages.clear();
    }

    /** What was counted up to now is not to be expected in the next life. */
    void forget() {
        lastLife.clear();
    }
}
