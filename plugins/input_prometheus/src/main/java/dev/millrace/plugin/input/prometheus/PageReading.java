package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one page beside the one before it, in any format: what the page has said so far. Used once.
 *
 * <p>As long as the two say the same, nothing is made but the list of values.
 */
abstract class PageReading {
    private static final long LARGEST_ADVANCE = 10 * 60 * 1000L;

    final KnownPage before;
    final SampleLabels labels;
    final PageValues values;
    private final ScrapeReport report;
    private final boolean honorTimestamps;
    private final int sampleLimit;
    private final long timestamp;
    private final long latest;
    /** The exemplars of the page before that are passed on already. */
    private final ExemplarTexts passedOn;

    /** The sample of the page before that is probably the next. */
    int next;
    /** What this page said so far, or null where that are the first samples of the page before, up to {@link #next}. */
    @Nullable
    PageDraft draft;

    private @Nullable ExemplarTexts exemplars;
    private int leftOutExemplars;
    private int overLimit;

    /**
     * The reading of one page.
     *
     * @param before the page before, written in the same format
     * @param passedOn the exemplars of that page that need not be passed on again
     * @param report what the input adds to each page
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     */
    PageReading(
            KnownPage before,
            ExemplarTexts passedOn,
            SampleLabels labels,
            ScrapeReport report,
            ScrapeConfig config,
            long timestamp) {
        this.before = before;
        this.labels = labels;
        this.report = report;
        this.honorTimestamps = config.honorTimestamps();
        this.sampleLimit = config.limits().sampleLimit() == 0
                ? Integer.MAX_VALUE
                : config.limits().sampleLimit();
        this.timestamp = timestamp;
        this.passedOn = passedOn;
        this.latest = timestamp + LARGEST_ADVANCE;
        this.values = new PageValues(before.size() + report.size());
    }

    /** Reads a page to its end or its first error. */
    abstract void read(BodyBuffer page) throws TextFormatException, ProtobufFormatException, ScrapeException;

    /** What the page says, as far as it was read: the page before itself where that said the same. */
    final KnownPage page() {
        return draft == null && next == before.size() ? before : changed().build();
    }

    /** The values of the samples of {@link #page}, once it was read without an error. */
    final PageValues values() {
        return values;
    }

    /** The exemplars of the page. */
    final ExemplarTexts exemplars() {
        return exemplars == null ? ExemplarTexts.NONE : exemplars;
    }

    /** The number of exemplars that no receiver would take. */
    final int leftOutExemplars() {
        return leftOutExemplars;
    }

    /** The number of samples that are not remembered, because the page is over its limit. */
    final int overLimit() {
        return overLimit;
    }

    /** Adds the next sample of the page before, which says the same here, and is perhaps of another kind. */
    final void repeat(byte kind) {
        if (draft != null || kind != before.series().kind(next)) {
            changed().repeat(before, next, kind);
        }
        next++;
    }

    /** Whether a series is one too many; then it is counted, and not added. */
    final boolean isOneTooMany(int same, @Nullable Labels one) {
        if (same >= 0 || one == null || changed().kept() < sampleLimit) {
            return false;
        }
        overLimit++;
        return true;
    }

    /** The mark of a series that the input itself makes samples of, or none. */
    final int reserved(int same, @Nullable Labels one) {
        boolean reserved = same >= 0 ? before.series().isReserved(same) : one != null && report.has(one);
        return reserved ? PageSeries.RESERVED : 0;
    }

    /** What is known of a series, below lines that say {@code state}. */
    final @Nullable Metadata metadata(FamilyState state, int same, @Nullable Labels one) {
        if (same >= 0 && state.equals(before.state(same))) {
            return before.metadata()[same];
        }
        return one == null ? null : state.of(one);
    }

    /** The kind of the sample whose value was added last, which may have a time of its own. */
    final byte kind(boolean timed, long time) {
        if (!honorTimestamps || !timed) {
            return PageSeries.PLAIN;
        }
        values.timestamp(time);
        return time > latest ? PageSeries.AHEAD : PageSeries.TIMED;
    }

    /** The time of the sample whose value was added last, of a kind. */
    final long time(byte kind, long own) {
        return kind == PageSeries.PLAIN ? timestamp : own;
    }

    /** Notes the text of an exemplar of the sample whose value was added last, and says whether it is to be passed on. */
    final boolean isNew(int same, byte[] bytes, int from, int to) {
        texts().add(values.size() - 1, bytes, from, to);
        return !passedOn.has(same, bytes, from, to);
    }

    /** Passes on the exemplar of the sample whose value was added last; null is one that no receiver would take. */
    final void pass(@Nullable Exemplar exemplar) {
        if (exemplar == null) {
            leftOutExemplars++;
        } else {
            values.exemplars(List.of(exemplar));
        }
    }

    /** The time of the newest exemplar of a sample of the page before that was passed on. */
    final long newestPassedOn(int same) {
        return passedOn.newest(same);
    }

    /** Passes on exemplars, oldest first, of the sample whose value was added last; {@code newest} stood there before. */
    final void pass(List<Exemplar> newer, long newest) {
        if (!newer.isEmpty()) {
            values.exemplars(newer);
        }
        long last = newer.isEmpty() ? newest : newer.get(newer.size() - 1).timestamp();
        if (last > Long.MIN_VALUE) {
            texts().add(values.size() - 1, last);
        }
    }

    final void checkLimit() throws ScrapeException {
        int kept = overLimit + (draft == null ? 0 : draft.kept());
        if (kept > sampleLimit) {
            throw new LimitException(
                    LimitException.Limit.SAMPLES,
                    kept + " samples (expected: at most sample_limit, " + sampleLimit + ")");
        }
    }

    final PageDraft changed() {
        PageDraft made = draft;
        if (made == null) {
            made = new PageDraft(before, next);
            draft = made;
        }
        return made;
    }

    private ExemplarTexts texts() {
        ExemplarTexts made = exemplars;
        if (made == null) {
            made = new ExemplarTexts();
            exemplars = made;
        }
        return made;
    }
}
