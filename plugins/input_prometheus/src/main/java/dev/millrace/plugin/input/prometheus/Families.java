package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.HashMap;
import java.util.Map;

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

    /** Takes in a line of TYPE, HELP or UNIT, on which the parser stands, below others that said {@code before}. */
    FamilyState read(Kind kind, TextParser parser, FamilyState before) {
        String name = parser.family();
        Metadata known = byName.get(name);
        Metadata now = said(kind, parser, known == null ? new Metadata(name, MetricType.UNKNOWN, "", "") : known);
        byName.put(name, now);
        FamilyState state = new FamilyState(now, parser.type());
        return state.equals(before) ? before : state;
    }

    private static Metadata said(Kind kind, TextParser parser, Metadata known) {
        MetricType type = kind == Kind.TYPE ? parser.type() : known.type();
        String help = kind == Kind.HELP ? parser.text() : known.help();
        String unit = kind == Kind.UNIT ? parser.text() : known.unit();
        Metadata now = new Metadata(known.family(), type, help, unit);
        return now.equals(known) ? known : now;
    }
}
