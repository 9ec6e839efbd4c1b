package dev.millrace.core.config;

import dev.millrace.spi.config.Listens;

/**
 * An address at which a component will listen.
 *
 * @param location where that stands
 * @param path the way to it in the file
 * @param address the address
 */
public record Served(Location location, String path, Listens.Address address) {}
