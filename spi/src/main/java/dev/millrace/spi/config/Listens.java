package dev.millrace.spi.config;

import java.util.List;

/**
 * A record of options that says where its component will listen, so that {@code validate} finds components that would be in
 * each other's way, without opening a socket.
 */
public interface Listens {
    /** The addresses, for the values that the record has. */
    List<Address> addresses();

    /**
     * An address at which the component serves HTTP.
     *
     * @param component the name of the record component that says it
     * @param host a host name or address, {@code 0.0.0.0} for all addresses
     * @param port the port; 0 takes any that is free
     * @param path the path, and all below it
     */
    record Address(String component, String host, int port, String path) {}
}
