package dev.millrace.spi.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The other side of the connection that a request came by.
 *
 * @param address its address; perhaps that of a proxy
 * @param protocol what it speaks, {@code HTTP/1.1} or {@code HTTP/2}
 * @param encrypted whether the connection is encrypted
 * @param certificate what it proved to be; empty where it showed no certificate
 */
public record Peer(InetSocketAddress address, String protocol, boolean encrypted, Optional<Certificate> certificate) {
    /**
     * A client's certificate, which an authority that the listener trusts has signed.
     *
     * @param subject the name of its subject, as in RFC 2253, such as {@code CN=shop,O=Example}
     * @param names its alternative names, each with its kind, such as {@code DNS:shop.example}, {@code IP:192.0.2.1},
     *     {@code URI:spiffe://example/shop} or {@code email:shop@example.com}
     */
    public record Certificate(String subject, List<String> names) {
        public Certificate {
            names = List.copyOf(names);
        }
    }
}
