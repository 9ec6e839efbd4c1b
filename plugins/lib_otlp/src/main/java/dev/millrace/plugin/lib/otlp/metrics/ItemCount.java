package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;

/** Counts the items of a request of any signal: the metrics, log records or spans in the scopes of its resources. */
public final class ItemCount {
    private static final int RESOURCES = 1 << 3 | 2;
    private static final int SCOPES = 2 << 3 | 2;
    private static final int ITEMS = 2 << 3 | 2;

    private ItemCount() {}

    /**
     * How many there are.
     *
     * @throws DecodingException if the request is damaged
     */
    public static long of(BodyBuffer request) throws DecodingException {
        try {
            return in(request.array(), 0, request.length(), RESOURCES, SCOPES, ITEMS);
        } catch (ProtobufFormatException e) {
            throw MetricTranslator.damaged(e);
        }
    }

    private static long in(byte[] bytes, int from, int to, int... path) throws ProtobufFormatException {
        return in(bytes, from, to, 0, path);
    }

    private static long in(byte[] bytes, int from, int to, int depth, int[] path) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        long count = 0;
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == path[depth]) {
                count += depth == path.length - 1 ? 1 : in(bytes, fields.start(), fields.end(), depth + 1, path);
            }
        }
        return count;
    }
}
