package dev.millrace.plugin.processor.rename;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives labels other names, all at once, so that two can change places. */
final class Renaming {
    private final List<Symbol> from;
    private final List<Symbol> to;
    private final boolean noneIsAnError;
    private final PluginContext context;

    Renaming(RenameOptions options, PluginContext context) {
        this.from = options.sourceKeys().stream().map(Symbol::of).toList();
        this.to = options.destKeys().stream().map(Symbol::of).toList();
        this.noneIsAnError = options.noKeyError();
        this.context = context;
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
            context.reportError("none of " + from + " is a label of " + labels);
        }
        return any ? renamed.build() : labels;
    }
}
