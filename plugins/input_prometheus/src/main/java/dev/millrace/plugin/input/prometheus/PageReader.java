package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page beside the one before it. Used once.
 *
 * <p>As long as the two say the same, only values are read, and nothing is made. A sample that differs is read for itself
 * and looked for in the page before; where it is found, the two go on side by side from there.
 */
final class PageReader {
    private static final long LARGEST_ADVANCE = 10 * 60 * 1000L;

    private final KnownPage before;
    private final PageFormat format;
    private final SampleLabels labels;
    private final ScrapeReport report;
    private final boolean honorTimestamps;
    private final int sampleLimit;
    private final long latest;
    private final PageValues values;
    private final long timestamp;
    private final boolean keepsCreated;
    /** The exemplars of the page before that are passed on already. */
    private final ExemplarTexts passedOn;

    /** The sample of the page before that is probably the next. */
    private int next;
    /** Whether it would mean the same here. */
    private boolean inStep = true;
    /** What this page said so far, or null where that are the first samples of the page before, up to {@link #next}. */
    private @Nullable PageDraft draft;

    private @Nullable Families families;
    private @Nullable ExemplarTexts exemplars;
    private int leftOutExemplars;
    private int overLimit;

    /**
     * A reader of one page.
     *
     * @param before the page before, written in the same format
     * @param passedOn the exemplars of that page that need not be passed on again
     * @param format how this page is written
     * @param report what the input adds to each page
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     */
    PageReader(
            KnownPage before,
            ExemplarTexts passedOn,
            PageFormat format,
            SampleLabels labels,
            ScrapeReport report,
            ScrapeConfig config,
            long timestamp) {
        this.before = before;
        this.format = format;
        this.labels = labels;
        this.report = report;
        this.honorTimestamps = config.honorTimestamps();
        this.sampleLimit = config.sampleLimit() == 0 ? Integer.MAX_VALUE : config.sampleLimit();
        this.timestamp = timestamp;
        this.keepsCreated = config.keepCreatedSeries();
        this.passedOn = passedOn;
        this.latest = timestamp + LARGEST_ADVANCE;
        this.values = new PageValues(before.size());
    }

    /** Reads a page to its end or its first error. */
    void read(BodyBuffer page) throws TextFormatException, ScrapeException {
        byte[] bytes = page.array();
        TextParser parser = format == PageFormat.OPEN_METRICS
                ? TextParser.openMetrics(bytes, page.length())
                : new TextParser(bytes, page.length());
        do {
            follow(parser);
        } while (readNext(parser, bytes));
        int kept = overLimit + (draft == null ? 0 : draft.kept());
        if (kept > sampleLimit) {
            throw new ScrapeException(kept + " samples (expected: at most sample_limit, " + sampleLimit + ")");
        }
    }

    /** What the page says, as far as it was read: the page before itself where that said the same. */
    KnownPage page() {
        return draft == null && next == before.size() ? before : changed().build();
    }

    /** The values of the samples of {@link #page}, once it was read without an error. */
    PageValues values() {
        return values;
    }

    /** The exemplars of the page. */
    ExemplarTexts exemplars() {
        return exemplars == null ? ExemplarTexts.NONE : exemplars;
    }

    /** The number of exemplars that no receiver would take. */
    int leftOutExemplars() {
        return leftOutExemplars;
    }

    /** The number of samples that are not remembered, because the page is over its limit. */
    int overLimit() {
        return overLimit;
    }

    /* Goes on as long as the page says what the one before it said. */
    private void follow(TextParser parser) throws TextFormatException {
        if (!inStep) {
            return;
        }
        byte[] text = before.text();
        int start = before.start(next);
        while (next < before.size()) {
            int end = before.end(next);
            if (!parser.follows(text, start, end)) {
                return;
            }
            byte kind = value(parser, next);
            if (draft != null || kind != before.series().kind(next)) {
                changed().repeat(before, next, kind);
            }
            next++;
            start = end;
        }
    }

    /* Reads the next sample for itself, or returns false at the end of the page. */
    private boolean readNext(TextParser parser, byte[] bytes) throws TextFormatException, ScrapeException {
        FamilyState state = draft == null ? before.stateBefore(next) : draft.lastState();
        int start = parser.offset();
        parser.resume(state.type());
        for (Kind kind = parser.next(); kind != Kind.SERIES; kind = parser.next()) {
            if (kind == Kind.END) {
                return false;
            }
            state = families().read(kind, parser, state);
        }
        int series = parser.seriesStart();
        boolean created = parser.isCreated();
        int same = before.find(parser.seriesHash(), bytes, series, series + parser.seriesLength());
        if (same >= 0 && created != before.series().isCreated(same)) {
            same = StartSamples.NONE;
        }
        PageDraft target = changed();
        Labels one = same >= 0 ? before.labels(same) : created && !keepsCreated ? null : labels.of(parser);
        if (same < 0 && one != null && target.kept() >= sampleLimit) {
            overLimit++;
            return true;
        }
        int marks = value(parser, same) | (created ? PageSeries.CREATED : 0);
        boolean reserved = same >= 0 ? before.series().isReserved(same) : one != null && report.has(one);
        target.add(bytes, start, series, parser.valueStart());
        marks |= reserved ? PageSeries.RESERVED : 0;
        target.describe(state, metadata(state, same, one), one, (byte) marks);
        next = same >= 0 ? same + 1 : next;
        inStep = state.equals(before.stateBefore(next));
        return true;
    }

    private @Nullable Metadata metadata(FamilyState state, int same, @Nullable Labels one) {
        if (same >= 0 && state.equals(before.state(same))) {
            return before.metadata()[same];
        }
        return one == null ? null : state.of(one);
    }

    /* Takes the value of the sample on which the parser stands, which the page before may have, and returns its kind. */
    private byte value(TextParser parser, int same) {
        values.add(parser.valueBits());
        if (parser.hasExemplar()) {
            exemplar(parser, same);
        }
        if (!honorTimestamps || !parser.hasTimestamp()) {
            return PageSeries.PLAIN;
        }
        values.timestamp(parser.timestamp());
        return parser.timestamp() > latest ? PageSeries.AHEAD : PageSeries.TIMED;
    }

    private void exemplar(TextParser parser, int same) {
        byte[] bytes = parser.page();
        ExemplarTexts texts = exemplars;
        if (texts == null) {
            texts = new ExemplarTexts();
            exemplars = texts;
        }
        texts.add(values.size() - 1, bytes, parser.exemplarStart(), parser.exemplarEnd());
        if (passedOn.has(same, bytes, parser.exemplarStart(), parser.exemplarEnd())) {
            return;
        }
        Exemplar exemplar = parser.exemplar(timestamp);
        if (exemplar == null) {
            leftOutExemplars++;
        } else {
            values.exemplar(exemplar);
        }
    }

    private PageDraft changed() {
        PageDraft made = draft;
        if (made == null) {
            made = new PageDraft(before, next);
            draft = made;
        }
        return made;
    }

    private Families families() {
        Families made = families;
        if (made == null) {
            made = new Families(before);
            families = made;
        }
        return made;
    }
}
