package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.LabelNames;
import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource gives to its series: {@code job}, {@code instance}, promoted attributes, and {@code target_info}. */
final class Resource implements Known.Part {
    static final Metadata TARGET_INFO = new Metadata("target_info", MetricType.GAUGE, "Target metadata", "");

    private static final int ATTRIBUTES = 1 << 3 | 2;
    private static final String SERVICE_NAME = "service.name";
    private static final String SERVICE_NAMESPACE = "service.namespace";
    private static final String SERVICE_INSTANCE = "service.instance.id";

    private final String job;
    private final String instance;
    private final LabelsBuilder promoted = Labels.builder();
    private final @Nullable Labels targetInfo;
    private int weight = 200;

    private Resource(List<Attribute> attributes, TranslationSettings settings, LabelNames names) {
        String name = value(attributes, SERVICE_NAME);
        String namespace = value(attributes, SERVICE_NAMESPACE);
        job = name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name;
        instance = value(attributes, SERVICE_INSTANCE);
        targetInfo = targetInfo(attributes, settings, names);
        for (Attribute attribute : attributes) {
            weight += 100 + 2 * (attribute.key().length() + attribute.value().length());
            if (settings.promotes(attribute.key())) {
                promote(attribute, names);
            }
        }
    }

    /** Reads the message {@code Resource}. */
    static Resource read(byte[] bytes, int from, int to, TranslationSettings settings, LabelNames names)
            throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        List<Attribute> attributes = new ArrayList<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == ATTRIBUTES) {
                if (attributes.size() == AttributeLabels.MOST) {
                    throw fields.error("a resource with more than " + AttributeLabels.MOST + " attributes");
                }
                attributes.add(Attributes.read(bytes, fields.start(), fields.end()));
            }
        }
        return new Resource(attributes, settings, names);
    }

    /** The labels of {@code target_info}, or null where there is nothing to say, or nobody to say it of. */
    @Nullable
    Labels targetInfo() {
        return targetInfo;
    }

    /** Adds promoted attributes, where the series has no labels of their names. */
    void promoteTo(LabelsBuilder labels) {
        Labels all = promoted.build();
        for (int i = 0; i < all.size(); i++) {
            if (labels.get(all.name(i)).length() == 0) {
                labels.set(all.name(i), all.value(i));
            }
        }
    }

    /** Sets {@code job} and {@code instance}, where there is anything to make them of. */
    void identify(LabelsBuilder labels) {
        if (!job.isEmpty()) {
            labels.set("job", job);
        }
        if (!instance.isEmpty()) {
            labels.set("instance", instance);
        }
    }

    @Override
    public int weight() {
        return weight;
    }

    /* An attribute that has no name in labels is not promoted; the series is worth more than that. */
    private void promote(Attribute attribute, LabelNames names) {
        try {
            String name = names.of(attribute.key());
            if (promoted.get(name).isEmpty()) {
                promoted.set(name, attribute.value());
            }
        } catch (NameException e) {
            weight++; // known to have none
        }
    }

    private @Nullable Labels targetInfo(List<Attribute> attributes, TranslationSettings settings, LabelNames names) {
        List<Attribute> others = new ArrayList<>(attributes);
        others.removeIf(attribute -> isIdentifying(attribute.key()));
        if (others.isEmpty() || job.isEmpty() && instance.isEmpty()) {
            return null;
        }
        LabelsBuilder labels = Labels.builder();
        try {
            AttributeLabels.set(settings.keepsIdentifying() ? attributes : others, names, labels);
        } catch (NameException e) {
            return null;
        }
        identify(labels);
        return labels.set(Labels.METRIC_NAME, TARGET_INFO.family()).build();
    }

    private static boolean isIdentifying(String key) {
        return key.equals(SERVICE_NAME) || key.equals(SERVICE_NAMESPACE) || key.equals(SERVICE_INSTANCE);
    }

    private static String value(List<Attribute> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.key().equals(key))
                .map(Attribute::value)
                .findFirst()
                .orElse("");
    }
}
