package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.TranslationStrategy;
import java.util.Set;

/**
 * How metrics become those of Prometheus; the same as its section {@code otlp}.
 *
 * @param strategy how names are made
 * @param sanitizesUnderscore whether a label that begins with one underscore gets {@code key} before it
 * @param keepsUnderscores whether several underscores in a row stay several in labels
 * @param promotesAll whether all resource attributes become labels of each series, but those of {@code ignored}
 * @param promoted resource attributes that become labels of each series
 * @param ignored resource attributes that don't, where all others do
 * @param keepsIdentifying whether {@code target_info} has the attributes that {@code job} and {@code instance} are made of
 * @param promotesScope whether the scope's name, version, schema URL and attributes become labels
 * @param customBuckets whether classic histograms become native ones with custom buckets
 */
public record TranslationSettings(
        TranslationStrategy strategy,
        boolean sanitizesUnderscore,
        boolean keepsUnderscores,
        boolean promotesAll,
        Set<String> promoted,
        Set<String> ignored,
        boolean keepsIdentifying,
        boolean promotesScope,
        boolean customBuckets) {
    public TranslationSettings {
        promoted = Set.copyOf(promoted);
        ignored = Set.copyOf(ignored);
    }

    boolean promotes(String attribute) {
        return promotesAll ? !ignored.contains(attribute) : promoted.contains(attribute);
    }
}
