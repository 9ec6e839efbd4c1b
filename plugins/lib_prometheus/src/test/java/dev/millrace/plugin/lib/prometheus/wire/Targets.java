package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import java.util.Set;

/** What tests encode for; the encoders of this package do not look at the format. */
final class Targets {
    private static final Format FORMAT = new Format("prometheus", "any");

    static final Target PLAIN = with(Labels.EMPTY);

    private Targets() {}

    static Target with(Labels external) {
        return new Target(FORMAT, external, Integer.MAX_VALUE);
    }

    static Target upTo(int maxBytes) {
        return new Target(FORMAT, Labels.EMPTY, maxBytes);
    }

    static Target without(Part... omitted) {
        return new Target(FORMAT, Labels.EMPTY, Integer.MAX_VALUE, Set.of(omitted));
    }
}
