package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver;
import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.comparison.load.SampleCount;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.VictoriaMetricsServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A receiver that backlogs are delivered to.
 *
 * @param endpoint where to write to
 * @param pid the process that it is
 */
record Destination(String endpoint, long pid, AutoCloseable server) implements AutoCloseable {
    /** Samples may come as late as the backlog is old, in whatever order the requests of other lanes come. */
    private static final String ANY_ORDER = "storage: {tsdb: {out_of_order_time_window: 1d}}\n";

    /** A kind of destination. */
    enum Kind {
        /** Counts and forgets, in the test's own process. */
        COUNTING,
        VICTORIA_METRICS,
        PROMETHEUS;

        Destination start(Path folder) throws IOException {
            return switch (this) {
                case COUNTING -> {
                    CountingReceiver receiver = CountingReceiver.start(Versions.ONE, new SampleCount("", 1));
                    yield new Destination(
                            receiver.endpoint(), ProcessHandle.current().pid(), receiver);
                }
                case VICTORIA_METRICS -> {
                    VictoriaMetricsServer server = VictoriaMetricsServer.start("stable", folder);
                    yield new Destination(server.endpoint(), server.pid(), server);
                }
                case PROMETHEUS -> {
                    PrometheusServer server = PrometheusServer.configured("newer", folder, ANY_ORDER);
                    yield new Destination(server.endpoint(), server.pid(), server);
                }
            };
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
