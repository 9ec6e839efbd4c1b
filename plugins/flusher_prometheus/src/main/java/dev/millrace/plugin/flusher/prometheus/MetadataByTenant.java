package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Slice;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metadata of samples sent by remote write 1.0, for each tenant of its own; mostly there is one. Thread-safe. */
final class MetadataByTenant {
    /** How many tenants get metadata. */
    private static final int TENANTS = 1000;

    private final HttpSender sender;
    private final Clock clock;
    private final RemoteStorageMetrics metrics;
    private final int maxBytes;
    private final Map<String, SentMetadata> tenants = new ConcurrentHashMap<>();

    MetadataByTenant(HttpSender sender, Clock clock, RemoteStorageMetrics metrics, int maxBytes) {
        this.sender = sender;
        this.clock = clock;
        this.metrics = metrics;
        this.maxBytes = maxBytes;
    }

    /** Notes that a slice was sent with header fields, which name its tenant or are none. */
    void sent(Slice slice, HttpHeaders headers) {
        StringBuilder values = new StringBuilder();
        headers.forEach((name, value) -> values.append(value));
        String key = values.toString();
        SentMetadata metadata = tenants.get(key);
        if (metadata == null && tenants.size() < TENANTS) {
            metadata = tenants.computeIfAbsent(key, missing -> gather(headers));
        }
        if (metadata != null) {
            metadata.sent(slice);
        }
    }

    private SentMetadata gather(HttpHeaders headers) {
        return new SentMetadata(
                body -> sender.post(body, Version.V1.labelled(Content.NONE), headers),
                clock,
                metrics.requests().metadata(),
                maxBytes);
    }
}
