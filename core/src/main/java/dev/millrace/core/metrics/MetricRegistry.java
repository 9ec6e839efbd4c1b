package dev.millrace.core.metrics;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.metrics.Metrics;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of the host and of its components, and their exposition.
 *
 * <p>Scopes share families by name: the kind and the help of the one that registered first are published, and series of
 * another kind are left out with a warning, so that no component can spoil the page for the others. Thread-safe.
 */
public final class MetricRegistry {
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final List<Contributor> contributors = new CopyOnWriteArrayList<>();
    private final MetricScope host = new MetricScope(this, Labels.EMPTY);

    /** What {@link #register} published, until it is closed. */
    @FunctionalInterface
    public interface Publication extends AutoCloseable {
        @Override
        void close();
    }

    /** An empty registry. */
    public MetricRegistry() {
        contributors.add(host);
    }

    /** The metrics of the host itself, without added labels. */
    public Metrics host() {
        return host;
    }

    /**
     * A scope for one component, whose series carry its labels until the scope is closed. While the component has another
     * one, as when it is replaced, the older is published.
     */
    public MetricScope componentMetrics(String pipeline, String component) {
        MetricScope scope = new MetricScope(this, Labels.of("pipeline", pipeline, "component", component));
        contributors.add(scope);
        return scope;
    }

    /**
     * Publishes what {@code source} writes, which is asked once for each scrape: all or, where it fails, nothing.
     *
     * @return ends the publication
     */
    public Publication register(MetricSource source) {
        GuardedSource guarded = new GuardedSource(source);
        contributors.add(guarded);
        return () -> contributors.remove(guarded);
    }

    void remove(Contributor contributor) {
        contributors.remove(contributor);
    }

    /**
     * Writes all metrics: in OpenMetrics where {@code accept} asks for it, else in the text format 0.0.4.
     *
     * @param accept the {@code Accept} field of the request
     * @return the value of {@code Content-Type}
     */
    public String write(OutputStream output, @Nullable String accept) throws IOException {
        ExpositionFormatWriter writer = openMetrics.accepts(accept == null ? "" : accept) ? openMetrics : text;
        writer.write(output, snapshots());
        return writer.getContentType();
    }

    /** The same metrics as rows of one time, in milliseconds since the epoch. */
    public MetricBatch rows(long time) {
        return SnapshotRows.of(snapshots(), time);
    }

    private MetricSnapshots snapshots() {
        Scrape scrape = new Scrape();
        Set<Labels> published = new HashSet<>();
        for (Contributor contributor : contributors) {
            if (!(contributor instanceof MetricScope scope) || published.add(scope.labels())) {
                contributor.contribute(scrape);
            }
        }
        return scrape.snapshots();
    }
}
