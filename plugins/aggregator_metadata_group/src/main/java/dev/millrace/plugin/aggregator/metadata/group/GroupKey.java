package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of some labels. One is read again and again to look a group up, so that a sample makes no object; a copy of
 * it stands in the map.
 */
final class GroupKey {
    private final Symbol[] names;
    private final @Nullable Symbol[] values;

    GroupKey(Symbol[] names) {
        this(names, new Symbol[names.length]);
    }

    private GroupKey(Symbol[] names, @Nullable Symbol[] values) {
        this.names = names;
        this.values = values;
    }

    /** Takes the values of a series; that of a label which it does not have is none. */
    void read(Labels labels) {
        for (int i = 0; i < names.length; i++) {
            values[i] = labels.get(names[i]);
        }
    }

    /** A key that does not change with this one. */
    GroupKey copy() {
        return new GroupKey(names, values.clone());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupKey key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
