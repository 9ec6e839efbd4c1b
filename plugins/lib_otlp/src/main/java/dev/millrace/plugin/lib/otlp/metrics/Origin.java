package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.LabelNames;
import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;

/** Where series come from: an instrumentation scope of a resource, with the labels that both give. */
final class Origin implements Known.Part {
    private static final int NAME = 1 << 3 | 2;
    private static final int VERSION = 2 << 3 | 2;
    private static final int ATTRIBUTES = 3 << 3 | 2;
    private static final String PREFIX = "otel_scope_";

    private final Resource resource;
    private final StreamId id;
    private final Labels scope;

    private Origin(Resource resource, StreamId id, Labels scope) {
        this.resource = resource;
        this.id = id;
        this.scope = scope;
    }

    /** Reads the message {@code InstrumentationScope}. */
    static Origin read(
            Resource resource,
            StreamId id,
            byte[] bytes,
            int from,
            int to,
            String schemaUrl,
            TranslationSettings settings,
            LabelNames names)
            throws ProtobufFormatException {
        if (!settings.promotesScope()) {
            return new Origin(resource, id, Labels.EMPTY);
        }
        Fields fields = new Fields(bytes).over(from, to);
        String name = "";
        String version = "";
        List<Attribute> attributes = new ArrayList<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case NAME -> name = Attributes.text(fields, bytes);
                case VERSION -> version = Attributes.text(fields, bytes);
                case ATTRIBUTES -> {
                    if (attributes.size() == AttributeLabels.MOST) {
                        throw fields.error("a scope with more than " + AttributeLabels.MOST + " attributes");
                    }
                    Attribute attribute = Attributes.read(bytes, fields.start(), fields.end());
                    attributes.add(new Attribute(PREFIX + attribute.key(), attribute.value()));
                }
                default -> {}
            }
        }
        return new Origin(
                resource, id, name.isEmpty() ? Labels.EMPTY : labels(name, version, schemaUrl, attributes, names));
    }

    private static Labels labels(
            String name, String version, String schemaUrl, List<Attribute> attributes, LabelNames names) {
        LabelsBuilder labels = Labels.builder();
        try {
            AttributeLabels.set(attributes, names, labels);
        } catch (NameException e) {
            throw new IllegalStateException("a name with a prefix of letters", e);
        }
        return labels.set(PREFIX + "name", name)
                .set(PREFIX + "version", version)
                .set(PREFIX + "schema_url", schemaUrl)
                .build();
    }

    /** Which one it is, over restarts. */
    StreamId id() {
        return id;
    }

    /** Adds all labels that come from here. */
    void addTo(LabelsBuilder labels) {
        resource.promoteTo(labels);
        for (int i = 0; i < scope.size(); i++) {
            labels.set(scope.name(i), scope.value(i));
        }
        resource.identify(labels);
    }

    @Override
    public int weight() {
        return 100 + scope.encodedLength();
    }
}
