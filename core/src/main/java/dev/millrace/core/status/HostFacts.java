package dev.millrace.core.status;

/**
 * What does not change while a host runs.
 *
 * @param version its version
 * @param java the version of Java that it runs on
 * @param pid its process ID
 * @param started when it was started, in milliseconds since the epoch
 * @param dataFolder its data folder
 */
public record HostFacts(String version, String java, long pid, long started, String dataFolder) {}
