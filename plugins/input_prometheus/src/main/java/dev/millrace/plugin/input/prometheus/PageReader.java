package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page beside the one before it. Used once.
 *
 * <p>As long as the two say the same, only values are read, and nothing is made. A sample that differs is read for itself
 * and looked for in the page before; where it is found, the two go on side by side from there.
 */
final class PageReader extends PageReading {
    private final PageFormat format;
    private final long timestamp;
    private final boolean keepsCreated;
    /** Whether the next sample of the page before would mean the same here. */
    private boolean inStep = true;

    private @Nullable Families families;
    /** What the lines above the last sample say, where that is not remembered. */
    private @Nullable FamilyState overLimitState;

    /**
     * A reader of one page; see {@link PageReading}.
     *
     * @param format how this page is written
     */
    PageReader(
            KnownPage before,
            ExemplarTexts passedOn,
            PageFormat format,
            SampleLabels labels,
            ScrapeReport report,
            ScrapeConfig config,
            long timestamp) {
        super(before, passedOn, labels, report, config, timestamp);
        this.format = format;
        this.timestamp = timestamp;
        this.keepsCreated = config.keepCreatedSeries();
    }

    @Override
    void read(BodyBuffer page) throws TextFormatException, ScrapeException {
        byte[] bytes = page.array();
        TextParser parser = format == PageFormat.OPEN_METRICS
                ? TextParser.openMetrics(bytes, page.length())
                : new TextParser(bytes, page.length());
        do {
            follow(parser);
        } while (readNext(parser, bytes));
        checkLimit();
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
            overLimitState = null;
            repeat(value(parser, next));
            start = end;
        }
    }

    /* Reads the next sample for itself, or returns false at the end of the page. */
    private boolean readNext(TextParser parser, byte[] bytes) throws TextFormatException, ScrapeException {
        FamilyState state =
                overLimitState != null ? overLimitState : draft == null ? before.stateBefore(next) : draft.lastState();
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
        Labels one = same >= 0 ? before.labels(same) : created && !keepsCreated ? null : labels.of(parser::labels);
        if (isOneTooMany(same, one)) {
            overLimitState = state;
            inStep = state.equals(before.stateBefore(next));
            return true;
        }
        overLimitState = null;
        int marks = value(parser, same) | reserved(same, one) | (created ? PageSeries.CREATED : 0);
        PageDraft target = changed();
        target.add(bytes, start, series, parser.valueStart());
        target.describe(state, metadata(state, same, one), one, (byte) marks);
        next = same >= 0 ? same + 1 : next;
        inStep = state.equals(before.stateBefore(next));
        return true;
    }

    /* Takes the value of the sample on which the parser stands, which the page before may have, and returns its kind. */
    private byte value(TextParser parser, int same) {
        values.add(parser.valueBits());
        if (parser.hasExemplar() && isNew(same, parser.page(), parser.exemplarStart(), parser.exemplarEnd())) {
            pass(parser.exemplar(timestamp));
        }
        return kind(parser.hasTimestamp(), parser.timestamp());
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
