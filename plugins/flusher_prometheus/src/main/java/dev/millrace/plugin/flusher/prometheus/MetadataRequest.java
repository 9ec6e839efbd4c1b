package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.lib.prometheus.wire.MetadataRequestEncoder;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A request of remote write 1.0 that describes metrics.
 *
 * @param families what it describes
 * @param body its body before compression
 */
record MetadataRequest(List<Metadata> families, BodyBuffer body) {
    /** As many as Prometheus puts into a request. */
    static final int ENTRIES = 2000;

    private static final MetadataRequestEncoder ENCODER = new MetadataRequestEncoder();

    private static MetadataRequest empty() {
        return new MetadataRequest(new ArrayList<>(), new BodyBuffer(1 << 10));
    }

    /**
     * Cuts requests that have no more than 2,000 families and no more than {@code maxBytes} bytes.
     *
     * @param tooLarge told of each family that alone has more
     */
    static List<MetadataRequest> cut(Iterable<Metadata> families, int maxBytes, Consumer<Metadata> tooLarge) {
        List<MetadataRequest> requests = new ArrayList<>();
        MetadataRequest last = empty();
        for (Metadata family : families) {
            MetadataRequest next = last;
            if (!next.add(family, maxBytes)) {
                next = empty();
                if (!next.add(family, maxBytes)) {
                    tooLarge.accept(family);
                    continue;
                }
            }
            if (next.families.size() == 1) {
                requests.add(next);
            }
            last = next;
        }
        return requests;
    }

    private boolean add(Metadata family, int maxBytes) {
        if (families.size() == ENTRIES) {
            return false;
        }
        int before = body.length();
        ENCODER.encode(List.of(family), body);
        if (body.length() > maxBytes) {
            body.truncate(before);
            return false;
        }
        families.add(family);
        return true;
    }
}
