package dev.millrace.core.transport;

import dev.millrace.spi.http.Peer;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Says who is at the other side of a connection. */
final class Peers {
    private Peers() {}

    /** The other side of a channel whose handshake is done. */
    static Peer of(Channel connection, String protocol) {
        SslHandler encryption = connection.pipeline().get(SslHandler.class);
        return new Peer(
                address(connection),
                protocol,
                encryption != null,
                encryption == null
                        ? Optional.empty()
                        : certificate(encryption.engine().getSession()));
    }

    /** The other side's address; an unresolved one where it was gone before it was asked for. */
    static InetSocketAddress address(Channel connection) {
        return connection.remoteAddress() instanceof InetSocketAddress known
                ? known
                : InetSocketAddress.createUnresolved("unknown", 0);
    }

    @SuppressWarnings("UnusedException") // it showed none
    private static Optional<Peer.Certificate> certificate(SSLSession session) {
        Certificate[] shown;
        try {
            shown = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
        return shown.length > 0 && shown[0] instanceof X509Certificate first
                ? Optional.of(
                        new Peer.Certificate(first.getSubjectX500Principal().getName(), names(first)))
                : Optional.empty();
    }

    @SuppressWarnings("UnusedException") // names that can not be read prove nothing
    private static List<String> names(X509Certificate certificate) {
        Collection<List<?>> all;
        try {
            all = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException damaged) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (List<?> name : all == null ? List.<List<?>>of() : all) {
            kind((Integer) name.get(0)).ifPresent(kind -> names.add(kind + ":" + name.get(1)));
        }
        return names;
    }

    /* RFC 5280, section 4.2.1.6. */
    private static Optional<String> kind(int tag) {
        return switch (tag) {
            case 1 -> Optional.of("email");
            case 2 -> Optional.of("DNS");
            case 6 -> Optional.of("URI");
            case 7 -> Optional.of("IP");
            default -> Optional.empty();
        };
    }
}
