package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which series of a target the journal holds: those of the last good scrape that it kept, until it holds the marks of
 * their ends. A scrape that is refused changes nothing. Not thread-safe.
 */
final class SeriesHistory {
    private PageSeries good = PageSeries.NONE;
    private boolean ended;

    /** Begins with series that a predecessor has left, as if they were those of the last good scrape. */
    void inherit(List<TrackedSeries> live) {
        good = PageSeries.of(live);
        ended = false;
    }

    /** The number of series in a page that were not in the last good one. */
    int added(PageSeries page) {
        return page == good ? 0 : page.countWithout(good);
    }

    /** The series whose end is to be marked, because a page does not have them. */
    List<TrackedSeries> gone(PageSeries page) {
        if (ended || page == good) {
            return List.of();
        }
        List<TrackedSeries> gone = new ArrayList<>();
        good.forEachTracked((one, histogram) -> {
            if (!page.tracks(one)) {
                gone.add(new TrackedSeries(one, histogram));
            }
        });
        return gone;
    }

    /** Calls {@code action} with each series whose end is to be marked, because the scrape failed. */
    void forEachTracked(TrackedSeries.Action action) {
        if (!ended) {
            good.forEachTracked(action);
        }
    }

    /** The series whose ends are not marked yet, where the journal may hold those of {@code unanswered} as well. */
    List<TrackedSeries> live(PageSeries unanswered) {
        Map<Labels, TrackedSeries> live = new LinkedHashMap<>();
        forEachTracked((one, histogram) -> live.put(one, new TrackedSeries(one, histogram)));
        unanswered.forEachTracked((one, histogram) -> live.put(one, new TrackedSeries(one, histogram)));
        return List.copyOf(live.values());
    }

    /** Notes that the journal holds the samples of a page. */
    void kept(PageSeries page) {
        if (page == good) {
            page.forgetIndex();
        }
        good = page;
        ended = false;
    }

    /** Notes that the journal holds the marks of all ends. */
    void keptMarks() {
        ended = true;
    }
}
