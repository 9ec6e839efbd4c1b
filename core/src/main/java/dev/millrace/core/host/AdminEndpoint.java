package dev.millrace.core.host;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.transport.Registration;
import dev.millrace.core.transport.Route;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.http.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin endpoint at the address that the settings name, which is also in the data folder. It moves when they change.
 * Used by one thread at a time.
 */
final class AdminEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final Transport transport;
    private final DataFolder data;
    private @Nullable HttpHandler handler;
    private HostSettings.@Nullable Admin settings;
    private @Nullable Registration registration;

    /** An endpoint that is not served yet. */
    AdminEndpoint(Transport transport, DataFolder data) {
        this.transport = transport;
        this.data = data;
    }

    /**
     * Serves at the address that the settings name.
     *
     * @throws IOException if it cannot be bound, in words for the user
     */
    void start(HostSettings.Admin at, HttpHandler answers) throws IOException {
        handler = answers;
        move(at);
    }

    /**
     * Moves to the address that other settings name, where it is another: served there first, then no longer here.
     *
     * @throws IOException if it cannot be bound; the endpoint stays where it is
     */
    void move(HostSettings.Admin to) throws IOException {
        HttpHandler answers = handler;
        if (answers == null || to.equals(settings)) {
            return;
        }
        Registration before = registration;
        Registration served = serve(to, answers);
        registration = served;
        settings = to;
        publish(served.address());
        if (before != null) {
            before.close();
        }
    }

    private Registration serve(HostSettings.Admin at, HttpHandler answers) throws IOException {
        InetSocketAddress configured = at.socketAddress();
        try {
            InetAddress host = InetAddress.getByName(configured.getHostString());
            return transport.serve(
                    new InetSocketAddress(host, configured.getPort()), new Route("admin", "/", 0, answers));
        } catch (UnknownHostException e) {
            throw new IOException(at.address() + ": unknown host", e);
        }
    }

    private void publish(InetSocketAddress address) throws IOException {
        String host = address.getAddress().getHostAddress();
        String text = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
        data.publishAdminAddress(text);
        LOG.info("admin endpoint: http://{}", text);
    }

    @Override
    public void close() {
        Registration served = registration;
        if (served != null) {
            served.close();
        }
    }
}
