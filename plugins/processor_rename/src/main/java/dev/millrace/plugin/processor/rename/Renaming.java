package dev.millrace.plugin.processor.rename;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives labels other names, all at once, so that two can change places. */
final class Renaming {
    private final List<Symbol> from;
    private final List<Symbol> to;
    private final boolean noneIsAnError;
    private final Consumer<String> complaint;

    /** A renaming that tells {@code complaint} where it finds none of its labels, if that is an error. */
    Renaming(RenameOptions options, Consumer<String> complaint) {
        this.from = options.sourceKeys().stream().map(Symbol::of).toList();
        this.to = options.destKeys().stream().map(Symbol::of).toList();
        this.noneIsAnError = options.noKeyError();
        this.complaint = complaint;
    }

    Labels apply(Labels labels) {
        LabelsBuilder renamed = labels.toBuilder();
        from.forEach(renamed::remove);
        boolean any = false;
        for (int i = 0; i < from.size(); i++) {
            @Nullable Symbol value = labels.get(from.get(i));
            if (value != null) {
                any = true;
                renamed.set(to.get(i), value);
            }
        }
        if (!any && noneIsAnError) {
            complaint.accept("none of " + from + " is a label of " + labels);
        }
        return any ? renamed.build() : labels;
    }
}
