package dev.millrace.spi.extension;

import dev.millrace.spi.event.Labels;
import java.util.Set;

/**
 * What a request is encoded for.
 *
 * @param format the format and its version
 * @param externalLabels labels added to every series that does not have them
 * @param maxBytes the largest body, before compression
 * @param omitted what is left out although the format could carry it
 */
public record Target(Format format, Labels externalLabels, int maxBytes, Set<Part> omitted) {
    public Target {
        omitted = Set.copyOf(omitted);
    }

    /** A target that gets all that the format can carry. */
    public Target(Format format, Labels externalLabels, int maxBytes) {
        this(format, externalLabels, maxBytes, Set.of());
    }
}
