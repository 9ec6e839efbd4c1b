package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metric families of a page that is read: what it says of them, and where it is silent, what the one before said. */
final class Families {
    private final Map<String, Metadata> byName = new HashMap<>();

    /** Those of the page before. */
    Families(KnownPage before) {
        FamilyState last = FamilyState.NONE;
        for (int i = 0; i < before.size(); i++) {
            FamilyState state = before.state(i);
            if (state.metadata() != null && !state.equals(last)) {
                byName.put(state.metadata().family(), state.metadata());
            }
            last = state;
        }
    }

    /** Takes in a line of TYPE or HELP, on which the parser stands, below others that said {@code before}. */
    FamilyState read(Kind kind, TextParser parser, FamilyState before) {
        String name = parser.family();
        Metadata known = byName.get(name);
        Metadata now = kind == Kind.TYPE ? typed(name, known, parser.type()) : helped(name, known, parser.help());
        byName.put(name, now);
        FamilyState state = new FamilyState(now, parser.type());
        return state.equals(before) ? before : state;
    }

    private static Metadata typed(String name, @Nullable Metadata known, MetricType type) {
        if (known == null) {
            return new Metadata(name, type, "", "");
        }
        return known.type() == type ? known : new Metadata(name, type, known.help(), "");
    }

    private static Metadata helped(String name, @Nullable Metadata known, String help) {
        if (known == null) {
            return new Metadata(name, MetricType.UNKNOWN, help, "");
        }
        return known.help().equals(help) ? known : new Metadata(name, known.type(), help, "");
    }
}
