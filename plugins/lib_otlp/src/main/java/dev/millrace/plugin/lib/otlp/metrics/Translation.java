package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.extension.DecodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * What has become of a request: rows, and data points that cannot be kept.
 *
 * <p>Deltas are left for the end, because what they become depends on what came before them, and must be handed on before
 * another request's deltas are added. Not thread-safe.
 */
public final class Translation {
    private static final double ONE = 1;
    /** As often as Prometheus says again what a target is, half of the time for which it believes it. */
    private static final long TARGET_INFO_MILLIS = 150_000;

    private static final int MOST_TARGET_INFOS = 100;

    private final byte[] bytes;
    private final MetricTranslator translator;
    private final MetricBatchBuilder rows;
    private final Rejections rejections = new Rejections();
    private final List<Deltas> deltas = new ArrayList<>();
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    /** The points of a metric whose values are differences, in a range of the request. */
    private record Deltas(Family family, PointKind kind, int from, int to) {}

    Translation(BodyBuffer request, MetricTranslator translator) {
        this.bytes = request.array();
        this.translator = translator;
        this.rows = MetricBatch.builder(Math.max(8, request.length() / 64));
    }

    /** Whether there are deltas. */
    public boolean hasDeltas() {
        return !deltas.isEmpty();
    }

    /**
     * Adds the deltas, as the sums that they make.
     *
     * @throws DecodingException if the request is damaged; the streams must be forgotten then
     */
    public void addDeltas(DeltaStreams streams) throws DecodingException {
        PointReaders readers = new PointReaders(this, translator);
        try {
            for (Deltas metric : deltas) {
                readers.read(
                        metric.family(),
                        metric.kind(),
                        streams.group(metric.family().id()),
                        metric.from(),
                        metric.to());
            }
        } catch (ProtobufFormatException e) {
            throw MetricTranslator.damaged(e);
        }
    }

    /** All rows; the translation must not be used afterwards, but for what was rejected. */
    public MetricBatch batch() {
        return rows.build();
    }

    /** The data points that cannot be kept. */
    public Rejections rejections() {
        return rejections;
    }

    byte[] bytes() {
        return bytes;
    }

    MetricBatchBuilder rows() {
        return rows;
    }

    void defer(Family family, PointKind kind, int from, int to) {
        deltas.add(new Deltas(family, kind, from, to));
    }

    void reject(Rejection reason) {
        rejections.add(reason, 1);
    }

    void reject(Rejection reason, long points) {
        rejections.add(reason, points);
    }

    void beginResource() {
        earliest = Long.MAX_VALUE;
        latest = Long.MIN_VALUE;
    }

    /** There is a point of the resource at a time in milliseconds. */
    void at(long time) {
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
    }

    /** Adds {@code target_info} for the time of the points that the resource has. */
    void endResource(Resource resource) {
        Labels targetInfo = resource.targetInfo();
        if (targetInfo == null || earliest > latest) {
            return;
        }
        if ((latest - earliest) / TARGET_INFO_MILLIS < MOST_TARGET_INFOS) {
            for (long time = earliest; time < latest; time += TARGET_INFO_MILLIS) {
                addTargetInfo(targetInfo, time);
            }
        }
        addTargetInfo(targetInfo, latest);
    }

    private void addTargetInfo(Labels labels, long time) {
        rows.add(labels, time, Double.doubleToRawLongBits(ONE)).metadata(Resource.TARGET_INFO);
    }
}
