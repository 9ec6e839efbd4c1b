package dev.millrace.core.config;

import dev.millrace.core.message.Wording;
import java.util.List;
import java.util.Optional;

/**
 * Where a value of the effective configuration comes from.
 *
 * @param location where it stands; empty for a default
 * @param references the variables and files that were put into it, such as <code>${env:NAME}</code>
 */
public record Origin(Optional<Location> location, List<String> references) {
    /** The default of an option whose key is not given. */
    public static final Origin DEFAULT = new Origin(Optional.empty(), List.of());

    public Origin {
        references = List.copyOf(references);
    }

    static Origin of(Node node) {
        return new Origin(
                Optional.of(node.location()), node instanceof Node.Scalar scalar ? scalar.references() : List.of());
    }

    /** Whether nobody wrote the value. */
    public boolean isDefault() {
        return location.isEmpty();
    }

    /** In words: {@code default}, {@code conf/pipelines/web.yaml:7}, <code>${env:NAME} at conf/pipelines/web.yaml:7</code>. */
    @Override
    public String toString() {
        String place = location.map(at -> at.file() + (at.line() == 0 ? "" : ":" + at.line()))
                .orElse("default");
        return Wording.printable(references.isEmpty() ? place : String.join(", ", references) + " at " + place);
    }
}
