package dev.millrace.core.pipeline;

import dev.millrace.core.transport.DatagramRoute;
import dev.millrace.core.transport.Registration;
import dev.millrace.core.transport.Route;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.DatagramHandler;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ListenSettings;
import dev.millrace.spi.metrics.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a component serves. Thread-safe. */
final class ComponentListeners {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WatchedComponent component;
    private final Transport transport;
    private final Executor workers;
    private final Queue<Registration> all = new ConcurrentLinkedQueue<>();

    /** None yet; {@code workers} run the handlers. */
    ComponentListeners(WatchedComponent component, Transport transport, Executor workers) {
        this.component = component;
        this.transport = transport;
        this.workers = workers;
    }

    /** Has a handler serve an address and path, until what is returned is closed. */
    Registration add(ListenSettings settings, HttpHandler handler) throws IOException {
        Route route = new Route(
                component.name(),
                settings.path(),
                settings.maxBodyBytes(),
                new GuardedHandler(component, handler),
                settings.tls(),
                settings.maxConnections(),
                () -> component.unanswered("handle"),
                workers);
        Registration registration = transport.serve(settings.address(), route);
        all.add(registration);
        return registration;
    }

    /** Has a handler take the datagrams of an address, until what is returned is closed. */
    Registration add(InetSocketAddress address, int maxBytes, DatagramHandler handler, Metrics metrics)
            throws IOException {
        DatagramRoute route = new DatagramRoute(
                component.name(),
                maxBytes,
                new GuardedDatagrams(component, handler),
                DatagramDrops.of(metrics),
                workers);
        Registration registration = transport.serve(address, route);
        all.add(registration);
        return registration;
    }

    /** Takes them away, and waits a moment for requests that the component has begun. */
    void endRequests() {
        CompletableFuture<?>[] ends = all.stream().map(Registration::end).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn(
                    "{}: requests that it has not answered within {} s are refused",
                    component.name(),
                    PATIENCE.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
