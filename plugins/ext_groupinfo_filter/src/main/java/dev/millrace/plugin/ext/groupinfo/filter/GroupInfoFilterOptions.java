package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.plugin.lib.prometheus.relabel.SearchRegex;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Map;

/**
 * The options of {@code ext_groupinfo_filter}.
 *
 * @param tags conditions on labels, by the label's name
 * @param metas a key of iLogtail's
 */
@Doc("Lets a flusher send only the events whose labels meet all conditions.")
public record GroupInfoFilterOptions(
        @Doc("Conditions on labels, by the name of the label; all have to be met.")
        Map<String, Condition> tags,

        @Doc("Refused: events have no metadata beside their labels here; write the conditions under Tags.")
        Map<String, Condition> metas) {
    public GroupInfoFilterOptions {
        tags = Map.copyOf(tags);
        metas = Map.copyOf(metas);
        if (!metas.isEmpty()) {
            throw new InvalidOptionException(
                    "metas", "events have no metadata beside their labels (expected: conditions under Tags)");
        }
    }

    /**
     * A condition on one label; one that is absent has the empty value.
     *
     * @param pattern what the value has to hold
     * @param reverse whether it must not hold it
     */
    @Doc("A condition on the value of a label.")
    public record Condition(
            @Doc("An RE2 expression that occurs anywhere in the value, unless it says ^ or $.")
            String pattern,

            @Doc("Whether the condition is met where the expression does not occur.") @Default("false")
            boolean reverse) {
        public Condition {
            SearchRegex.check("pattern", pattern);
        }
    }
}
