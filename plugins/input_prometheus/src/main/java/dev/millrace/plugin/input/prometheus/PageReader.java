package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import org.jspecify.annotations.Nullable;

/** Reads one page into rows: cache by text, labels, limit, duplicates, bounds of time. Used once. */
final class PageReader {
    private static final long LARGEST_ADVANCE = 10 * 60 * 1000L;

    private final SeriesCache cache;
    private final FamilyCache families;
    private final SampleLabels labels;
    private final boolean honorTimestamps;
    private final int sampleLimit;
    private final long timestamp;
    private final MetricBatchBuilder rows;

    private int scraped;
    private int kept;
    private int added;
    private int duplicates;
    private int outOfBounds;

    /**
     * A reader of one page.
     *
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     * @param rows where samples go
     */
    PageReader(
            SeriesCache cache,
            FamilyCache families,
            SampleLabels labels,
            ScrapeConfig config,
            long timestamp,
            MetricBatchBuilder rows) {
        this.cache = cache;
        this.families = families;
        this.labels = labels;
        this.honorTimestamps = config.honorTimestamps();
        this.sampleLimit = config.sampleLimit() == 0 ? Integer.MAX_VALUE : config.sampleLimit();
        this.timestamp = timestamp;
        this.rows = rows;
    }

    /** Reads a page to its end or its first error. */
    void read(BodyBuffer page) throws TextFormatException, ScrapeException {
        cache.begin();
        families.begin();
        byte[] bytes = page.array();
        TextParser parser = new TextParser(bytes, page.length());
        CachedText last = cache.start();
        CachedText next = expect(parser, last);
        for (Kind kind = parser.next(); kind != Kind.END; kind = parser.next()) {
            switch (kind) {
                case TYPE -> families.type(parser, bytes);
                case HELP -> families.help(parser, bytes);
                case SERIES -> {
                    scraped++;
                    CachedText text = next != null && parser.isExpected() ? next : text(parser, bytes);
                    if (text != null) {
                        cache.use(text);
                        last.next = text;
                        last = text;
                        sample(parser, text.series);
                        next = expect(parser, text);
                    }
                }
                case END -> throw new IllegalStateException("the end of a page within it");
            }
        }
        if (kept > sampleLimit) {
            throw new ScrapeException(kept + " samples (expected: at most sample_limit, " + sampleLimit + ")");
        }
    }

    PageCounts counts() {
        return new PageCounts(scraped, kept, added, duplicates, outOfBounds);
    }

    private static @Nullable CachedText expect(TextParser parser, CachedText last) {
        CachedText next = last.next;
        if (next == null || next.isEvicted()) {
            return null;
        }
        parser.expect(next.text);
        return next;
    }

    /* Null where the text is new and the page over its limit: it is counted, but not remembered. */
    private @Nullable CachedText text(TextParser parser, byte[] bytes) throws TextFormatException, ScrapeException {
        int from = parser.seriesStart();
        int to = from + parser.seriesLength();
        long hash = parser.seriesHash();
        CachedText text = cache.find(hash, bytes, from, to);
        if (text != null) {
            return text;
        }
        Labels made = labels.of(parser);
        if (made != null && kept >= sampleLimit) {
            kept++;
            return null;
        }
        return cache.add(hash, bytes, from, to, made);
    }

    private void sample(TextParser parser, @Nullable Series series) {
        if (series == null || ++kept > sampleLimit) {
            return;
        }
        boolean explicit = honorTimestamps && parser.hasTimestamp();
        long time = explicit ? parser.timestamp() : timestamp;
        if (explicit && time > timestamp + LARGEST_ADVANCE) {
            outOfBounds++;
            return;
        }
        switch (cache.see(series, time, explicit)) {
            case DUPLICATE -> {
                duplicates++;
                return;
            }
            case NEW -> added++;
            case KNOWN -> {
                // Nothing is to be counted.
            }
        }
        rows.add(series.labels, time, parser.valueBits());
        Metadata metadata = series.metadata(families.current());
        if (metadata != null) {
            rows.metadata(metadata);
        }
    }
}
