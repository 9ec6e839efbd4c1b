package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a parser reads of a page, one line each. */
final class ParsedLines {
    private static final long TIME = 77;

    private ParsedLines() {}

    static List<String> of(TextParser parser) throws TextFormatException {
        List<String> lines = new ArrayList<>();
        for (Kind kind = parser.next(); kind != Kind.END; kind = parser.next()) {
            lines.add(line(kind, parser));
        }
        return lines;
    }

    static String line(Kind kind, TextParser parser) throws TextFormatException {
        return switch (kind) {
            case SERIES -> sample(parser);
            case TYPE -> "TYPE " + parser.family() + " " + parser.type();
            case HELP, UNIT -> kind + " " + parser.family() + " " + parser.text();
            case END -> throw new AssertionError();
        };
    }

    static String sample(TextParser parser) throws TextFormatException {
        LabelsBuilder builder = Labels.builder();
        parser.labels(builder);
        return (parser.isCreated() ? "created " : "") + builder.build() + " " + value(parser);
    }

    static String value(TextParser parser) {
        String value =
                Double.longBitsToDouble(parser.valueBits()) + (parser.hasTimestamp() ? " " + parser.timestamp() : "");
        if (!parser.hasExemplar()) {
            return value;
        }
        Exemplar exemplar = parser.exemplar(TIME);
        return value + " # "
                + (exemplar == null
                        ? null
                        : exemplar.labels() + " " + Double.longBitsToDouble(exemplar.valueBits()) + " @"
                                + exemplar.timestamp());
    }
}
