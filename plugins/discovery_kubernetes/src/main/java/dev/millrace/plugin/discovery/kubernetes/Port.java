package dev.millrace.plugin.discovery.kubernetes;

/**
 * A port.
 *
 * @param number in decimal; empty where none is said
 * @param appProtocol the protocol above {@code protocol}; empty where none is said
 */
record Port(String name, String number, String protocol, String appProtocol) {}
