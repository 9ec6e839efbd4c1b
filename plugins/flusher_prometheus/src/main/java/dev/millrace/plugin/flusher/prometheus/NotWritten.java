package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.spi.extension.Content;
import java.time.Clock;
import org.slf4j.Logger;

/** Warns of what an endpoint says that it has not written, though its answer was good. Thread-safe. */
final class NotWritten {
    private final Endpoint endpoint;
    private final RareWarning rows;
    private final RareWarning exemplars;

    NotWritten(Logger logger, String component, Clock clock, Endpoint endpoint) {
        this.endpoint = endpoint;
        rows = new RareWarning(logger, component, clock);
        exemplars = new RareWarning(logger, component, clock);
    }

    /** Warns where anything is missing of a request that was answered with a status. */
    void add(int status, Content missing) {
        String told = " were not written, says " + endpoint + ", though it answered " + status + "; counted ";
        int missingRows = missing.samples() + missing.histograms();
        if (missingRows > 0) {
            rows.add(missingRows, "rows" + told + "as " + VersionedSender.NOT_WRITTEN);
        }
        if (missing.exemplars() > 0) {
            exemplars.add(
                    missing.exemplars(), "exemplars" + told + "in prometheus_remote_storage_exemplars_failed_total");
        }
    }
}
