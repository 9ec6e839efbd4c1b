package dev.millrace.spi.config;

import java.util.List;
import java.util.Optional;

/**
 * A record of options that says where its component will listen, so that {@code validate} finds components that would be in
 * each other's way, without opening a socket.
 */
public interface Listens {
    /** The addresses, for the values that the record has. */
    List<Address> addresses();

    /**
     * An address at which the component serves HTTP, or receives datagrams.
     *
     * @param component the name of the record component that says it
     * @param host a host name or address, {@code 0.0.0.0} for all addresses
     * @param port the port; 0 takes any that is free
     * @param path the path, and all below it; empty for datagrams
     * @param encryption the settings by which connections are encrypted, equal where components can share the address
     * @param datagrams whether datagrams are received, and no HTTP is served
     */
    record Address(
            String component,
            String host,
            int port,
            String path,
            Optional<? extends Record> encryption,
            boolean datagrams) {
        /** An address of HTTP without encryption. */
        public Address(String component, String host, int port, String path) {
            this(component, host, port, path, Optional.empty());
        }

        /** An address of HTTP. */
        public Address(String component, String host, int port, String path, Optional<? extends Record> encryption) {
            this(component, host, port, path, encryption, false);
        }

        /** An address of datagrams. */
        public static Address ofDatagrams(String component, String host, int port) {
            return new Address(component, host, port, "", Optional.empty(), true);
        }
    }
}
