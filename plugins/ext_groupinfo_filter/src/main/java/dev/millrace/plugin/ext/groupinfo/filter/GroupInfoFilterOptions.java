package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.plugin.lib.prometheus.relabel.SearchRegex;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import java.util.Map;

/**
 * The options of {@code ext_groupinfo_filter}.
 *
 * @param tags conditions on labels, by the label's name
 * @param metas more such conditions
 */
@Doc("Lets a flusher send only the events whose labels meet all conditions.")
public record GroupInfoFilterOptions(
        @Doc("Conditions on labels, by the name of the label; all have to be met.")
        Map<String, Condition> tags,

        @Doc("The same as Tags, for configurations of iLogtail: the metadata of a group are labels here.")
        Map<String, Condition> metas) {
    public GroupInfoFilterOptions {
        tags = Map.copyOf(tags);
        metas = Map.copyOf(metas);
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
