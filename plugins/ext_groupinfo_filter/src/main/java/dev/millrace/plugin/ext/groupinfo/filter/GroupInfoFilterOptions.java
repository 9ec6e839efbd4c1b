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
@Doc(value = "Lets a flusher send only the events whose labels meet all conditions.", example = """
        Tags:
          job:
            Pattern: ^(node|kubelet)$
          environment:
            Pattern: test
            Reverse: true
        """)
public record GroupInfoFilterOptions(
        @Doc(
                value = "Conditions on labels, by the name of the label; all have to be met.",
                example = "{job: {Pattern: ^(node|kubelet)$}}")
        Map<String, Condition> tags,

        @Doc(
                value = "The same as Tags, for configurations of iLogtail: the metadata of a group are labels here.",
                example = "{job: {Pattern: ^(node|kubelet)$}}")
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
            @Doc(
                    value = "An RE2 expression that occurs anywhere in the value, unless it says ^ or $.",
                    example = "^(node|kubelet)$")
            String pattern,

            @Doc("Whether the condition is met where the expression does not occur.") @Default("false")
            boolean reverse) {
        public Condition {
            SearchRegex.check("pattern", pattern);
        }
    }
}
