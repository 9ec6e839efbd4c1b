package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import dev.millrace.core.config.PipelineReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes over {@code global.external_labels}, in which Prometheus 3 replaces {@code $NAME} by environment variables. */
final class ExternalLabels {
    /** Remote write 1.0, "Labels"; Prometheus 3 takes any name. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*)|(\\$))");

    private ExternalLabels() {}

    /** The labels as they are written, or null where there are none. */
    static Node.@Nullable Mapping of(Node.@Nullable Mapping global, Remarks remarks) {
        if (global == null || !(global.get("external_labels") instanceof Node.Mapping labels)) {
            return null;
        }
        List<Node.Entry> taken = new ArrayList<>();
        for (Node.Entry label : labels.entries()) {
            String path = "global.external_labels." + label.key();
            if (!(label.value() instanceof Node.Scalar value)) {
                continue;
            }
            if (!NAME.matcher(label.key()).matches() || label.key().equals("__name__")) {
                remarks.add(label.location(), path, "not the name of a label here; the label is left out");
                continue;
            }
            if (PipelineReader.isReplaced(value.text())) {
                remarks.add(value.location(), path, "would be replaced by something else; the label is left out");
                continue;
            }
            String text = text(value.text());
            if (!text.equals(value.text())) {
                remarks.add(value.location(), path, "is taken with environment variables, as in Prometheus 3");
            }
            taken.add(new Node.Entry(
                    label.location(), label.key(), label.written(), new Node.Scalar(value.location(), text)));
        }
        return taken.isEmpty() ? null : new Node.Mapping(labels.location(), taken);
    }

    private static String text(String value) {
        Matcher variable = VARIABLE.matcher(value);
        return variable.replaceAll(match -> {
            String name = match.group(1) != null ? match.group(1) : match.group(2);
            return Matcher.quoteReplacement(name == null ? "$" : "${env:" + name + ":-}");
        });
    }
}
