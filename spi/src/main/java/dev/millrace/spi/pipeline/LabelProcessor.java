package dev.millrace.spi.pipeline;

import dev.millrace.spi.Cache;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.LabelRule;
import dev.millrace.spi.event.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A processor that is a rule for labels. What the rule makes of a series is kept in a cache, so that it is asked once for
 * each series and not for each sample. Thread-safe.
 */
public final class LabelProcessor implements Processor {
    /* What objects take beside the text of labels, which symbols share: the cache's own, the labels', and each symbol's place. */
    private static final int ENTRY_BYTES = 160;

    private static final int LABEL_BYTES = 8;

    private final LabelRule rule;
    private final Cache<Labels, Result> known;

    /** What the rule made of a series: null where it is taken out. */
    private record Result(@Nullable Labels labels) {}

    /** A processor of a component, by its rule. */
    public LabelProcessor(PluginContext context, LabelRule rule) {
        this.rule = rule;
        this.known = context.cache("labels", LabelProcessor::bytes);
    }

    @Override
    public EventBatch process(EventBatch batch) {
        LabelRule once = this::kept;
        return once.to(batch);
    }

    private @Nullable Labels kept(Labels labels) {
        return known.get(labels, this::applied).labels();
    }

    private Result applied(Labels labels) {
        Labels result = rule.apply(labels);
        return new Result(labels.equals(result) ? labels : result);
    }

    private static int bytes(Labels labels, Result result) {
        Labels made = result.labels();
        return ENTRY_BYTES + LABEL_BYTES * (labels.size() + (made == null ? 0 : made.size()));
    }
}
