package dev.millrace.distribution.comparison.report;

import dev.millrace.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results as JSON: each turn, and the spreads of each program. */
public final class JsonReport {
    private JsonReport() {}

    /** An object in a line. */
    public static String of(Results results) {
        StringBuilder text = new StringBuilder();
        JsonObject.append(
                text,
                json -> json.field("scenario", results.scenario())
                        .field("description", results.description())
                        .field("machine", results.machine())
                        .strings("leftOut", results.leftOut())
                        .objects(
                                "programs",
                                results.programs(),
                                (object, program) -> object.field("name", program.name())
                                        .field("title", program.title())
                                        .field("command", program.command()))
                        .objects("parts", results.parts(), (object, part) -> part(object, part, results)));
        return text.append('\n').toString();
    }

    private static void part(JsonObject json, Part part, Results results) {
        json.field("title", part.title())
                .field("targets", part.load().targets())
                .field("seriesOfATarget", part.load().series())
                .field("intervalSeconds", part.load().interval().toSeconds())
                .objects("turns", part.turns(), (object, turn) -> {
                    object.field("program", turn.program()).field("round", turn.round());
                    turn.figures().forEach((figure, value) -> object.field(figure.key(), finite(value)));
                })
                .objects("programs", results.programs(), (object, program) -> {
                    object.field("program", program.name());
                    for (Figure figure : part.figures()) {
                        spread(object, figure.key(), part.spread(program.name(), figure));
                        spread(
                                object,
                                figure.key() + "_ratio",
                                part.ratio(
                                        program.name(), figure, results.first().name()));
                    }
                });
    }

    private static void spread(JsonObject json, String key, Optional<Spread> spread) {
        spread.ifPresent(there -> json.object(
                key,
                object -> object.field("median", finite(there.median()))
                        .field("least", finite(there.least()))
                        .field("most", finite(there.most()))));
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
