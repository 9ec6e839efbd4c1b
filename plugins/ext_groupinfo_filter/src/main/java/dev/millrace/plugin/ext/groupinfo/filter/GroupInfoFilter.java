package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.FlushInterceptor;
import java.util.List;
import java.util.stream.Stream;

/** Lets a row pass where its labels, or for logs and spans those of their resource, meet all conditions. */
final class GroupInfoFilter implements FlushInterceptor {
    private final List<LabelCondition> conditions;

    GroupInfoFilter(GroupInfoFilterOptions options) {
        conditions = Stream.concat(options.tags().entrySet().stream(), options.metas().entrySet().stream())
                .map(tag -> new LabelCondition(tag.getKey(), tag.getValue()))
                .toList();
    }

    @Override
    public boolean passes(EventBatch batch, int row) {
        Labels labels = batch.labels(row);
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).met(labels)) {
                return false;
            }
        }
        return true;
    }
}
