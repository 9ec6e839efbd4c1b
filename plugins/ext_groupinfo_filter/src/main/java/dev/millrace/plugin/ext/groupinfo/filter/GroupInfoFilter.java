package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.extension.FlushInterceptor;
import java.util.List;

/** Lets a row pass where its labels, or for logs and spans those of their resource, meet all conditions. */
final class GroupInfoFilter implements FlushInterceptor {
    private final List<LabelCondition> conditions;

    GroupInfoFilter(GroupInfoFilterOptions options) {
        conditions = options.tags().entrySet().stream()
                .map(tag -> new LabelCondition(tag.getKey(), tag.getValue()))
                .toList();
    }

    @Override
    public boolean passes(EventBatch batch, int row) {
        Labels labels = labels(batch, row);
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).met(labels)) {
                return false;
            }
        }
        return true;
    }

    private static Labels labels(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return metrics.labels(row);
        }
        return batch instanceof LogBatch logs ? logs.resource() : ((SpanBatch) batch).resource();
    }
}
