package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.LabelNames;
import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.prometheus.names.LabelLimit;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.Comparator;
import java.util.List;

/** Makes labels of attributes. */
final class AttributeLabels {
    static final int MOST = LabelLimit.MOST;

    private AttributeLabels() {}

    /**
     * Sets a label for each attribute. Where two get the same name, their values are joined by {@code ;} in the order of
     * the attributes' names ("Metric Attributes").
     */
    static void set(List<Attribute> attributes, LabelNames names, LabelsBuilder labels) throws NameException {
        List<Attribute> sorted =
                attributes.stream().sorted(Comparator.comparing(Attribute::key)).toList();
        for (Attribute attribute : sorted) {
            String name = names.of(attribute.key());
            String before = names.mayCollide() ? labels.get(name) : "";
            labels.set(name, before.isEmpty() ? attribute.value() : before + ";" + attribute.value());
        }
    }
}
