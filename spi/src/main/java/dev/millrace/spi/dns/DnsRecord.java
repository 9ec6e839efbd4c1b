package dev.millrace.spi.dns;

/**
 * One record of an answer.
 *
 * @param target the address, or the name that it leads to, which ends with a dot
 * @param port the port of a {@link DnsType#SRV}; 0 for others
 */
public record DnsRecord(String target, int port) {}
