package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with the values of labels in it: {@code %{tag.NAME}} or {@code %{metadata.NAME}}, which is the same. The value of
 * a label that is absent is empty.
 */
final class LabelTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("%\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("(?:tag|metadata)\\.(.+)");

    /* A text, or the label whose value stands there. */
    private record Part(String text, @Nullable Symbol label) {}

    private final List<Part> parts;

    private LabelTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a placeholder names no label
     */
    static LabelTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholder.find()) {
            parts.add(new Part(text.substring(end, placeholder.start()), null));
            Matcher name = NAME.matcher(placeholder.group(1));
            if (!name.matches()) {
                throw new IllegalArgumentException("'" + placeholder.group()
                        + "' (expected: %{tag.NAME} or %{metadata.NAME}, the name of a label)");
            }
            parts.add(new Part("", Symbol.of(name.group(1))));
            end = placeholder.end();
        }
        parts.add(new Part(text.substring(end), null));
        return new LabelTemplate(parts);
    }

    /** The labels that occur, in their order. */
    List<Symbol> labels() {
        return parts.stream().map(Part::label).filter(label -> label != null).toList();
    }

    /** The text with the values of an event's labels. */
    String fill(Labels labels) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.text());
            Symbol value = part.label() == null ? null : labels.get(part.label());
            if (value != null) {
                text.append(value);
            }
        }
        return text.toString();
    }
}
