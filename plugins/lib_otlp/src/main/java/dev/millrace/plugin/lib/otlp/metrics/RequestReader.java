package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import java.util.List;

/**
 * Goes over the resources, scopes and metrics of a request.
 *
 * <pre>
 * ExportMetricsServiceRequest  1 resource_metrics  ResourceMetrics
 * ResourceMetrics              1 resource  Resource              2 scope_metrics  ScopeMetrics  3 schema_url  string
 * ScopeMetrics                 1 scope     InstrumentationScope  2 metrics        Metric        3 schema_url  string
 * Resource                     1 attributes  KeyValue
 * InstrumentationScope         1 name  string  2 version  string  3 attributes  KeyValue
 * </pre>
 *
 * <p>Fields come in any order, so a message is gone over once for what its parts need, and again for the parts. Used once.
 */
final class RequestReader {
    private static final int FIRST = 1 << 3 | 2;
    private static final int SECOND = 2 << 3 | 2;
    private static final int THIRD = 3 << 3 | 2;

    private final byte[] bytes;
    private final Translation translation;
    private final MetricTranslator translator;
    private final MetricReader metrics;
    private final Key key = new Key();
    private final Longs scopes = new Longs();
    private final Longs parts = new Longs();

    RequestReader(Translation translation, MetricTranslator translator) {
        this.bytes = translation.bytes();
        this.translation = translation;
        this.translator = translator;
        this.metrics = new MetricReader(translation, translator);
    }

    void read(int length) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(0, length);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == FIRST) {
                readResource(fields.start(), fields.end());
            }
        }
    }

    private void readResource(int from, int to) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        int start = from;
        int end = from;
        scopes.clear();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == FIRST) {
                start = fields.start();
                end = fields.end();
            } else if (tag == SECOND) {
                scopes.add((long) fields.start() << Integer.SIZE | fields.end());
            }
        }
        Resource resource = resource(start, end);
        translation.beginResource();
        for (int i = 0; i < scopes.size(); i++) {
            readScope(resource, start, end, (int) (scopes.get(i) >>> Integer.SIZE), (int) scopes.get(i));
        }
        translation.endResource(resource);
    }

    private Resource resource(int from, int to) throws ProtobufFormatException {
        key.begin(Resource.class);
        key.add(bytes, from, to);
        Resource resource = translator.known().find(key.done(), Resource.class);
        return resource != null
                ? resource
                : translator
                        .known()
                        .keep(key, Resource.read(bytes, from, to, translator.settings(), translator.labelNames()));
    }

    private void readScope(Resource resource, int resourceFrom, int resourceTo, int from, int to)
            throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        int start = from;
        int end = from;
        String url = "";
        int urlStart = from;
        int urlEnd = from;
        parts.clear();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == FIRST) {
                start = fields.start();
                end = fields.end();
            } else if (tag == SECOND) {
                parts.add((long) fields.start() << Integer.SIZE | fields.end());
            } else if (tag == THIRD) {
                url = Attributes.text(fields, bytes);
                urlStart = fields.start();
                urlEnd = fields.end();
            }
        }
        key.begin(resource);
        key.add(bytes, start, end);
        key.add(bytes, urlStart, urlEnd);
        Origin origin = translator.known().find(key.done(), Origin.class);
        if (origin == null) {
            StreamId id = StreamId.ROOT
                    .of("resource", ranges(resourceFrom, resourceTo))
                    .of("scope", ranges(start, end));
            origin = translator
                    .known()
                    .keep(
                            key,
                            Origin.read(
                                    resource,
                                    id,
                                    bytes,
                                    start,
                                    end,
                                    url,
                                    translator.settings(),
                                    translator.labelNames()));
        }
        for (int i = 0; i < parts.size(); i++) {
            metrics.read(origin, (int) (parts.get(i) >>> Integer.SIZE), (int) parts.get(i));
        }
    }

    /* The fields of a message that are bytes: the attributes of a resource, and what a scope has. */
    private List<byte[]> ranges(int from, int to) throws ProtobufFormatException {
        return Attributes.fields(bytes, from, to);
    }
}
