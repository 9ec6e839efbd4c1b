package dev.millrace.spi.extension;

import dev.millrace.spi.event.Labels;

/**
 * What a request is encoded for.
 *
 * @param format the format and its version
 * @param externalLabels labels added to every series that does not have them
 * @param maxBytes the largest body, before compression
 */
public record Target(Format format, Labels externalLabels, int maxBytes) {}
