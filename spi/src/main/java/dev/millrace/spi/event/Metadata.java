package dev.millrace.spi.event;

/**
 * What an exposition says of a metric family.
 *
 * @param family the family's name
 * @param type its type
 * @param help its description, or empty
 * @param unit its unit, or empty
 */
public record Metadata(String family, MetricType type, String help, String unit) {}
