package dev.millrace.core.transport;

import dev.millrace.spi.dns.DnsType;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks one name server one question, over UDP with a port of its own, and again over TCP where the answer did not fit.
 * Thread-safe.
 */
final class DnsClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LARGEST_DATAGRAM = 4_096;

    private final EventLoops loops;
    private final Duration timeout;
    private final Object lock = new Object();
    private @Nullable DnsNameResolver resolver;
    private boolean closed;

    DnsClient(EventLoops loops) {
        this(loops, TIMEOUT);
    }

    /** Waits so long for an answer. */
    DnsClient(EventLoops loops, Duration timeout) {
        this.loops = loops;
        this.timeout = timeout;
    }

    /**
     * Asks a server for the records of a name that ends with a dot.
     *
     * @return fails with {@link IOException}, which does not name the server, where it gave no answer
     */
    CompletableFuture<DnsAnswer> ask(InetSocketAddress server, String name, DnsType type) {
        CompletableFuture<DnsAnswer> result = new CompletableFuture<>();
        if (server.isUnresolved()) {
            result.completeExceptionally(new IOException("no such address (expected: one of this machine's networks)"));
            return result;
        }
        try {
            resolver()
                    .query(server, new DefaultDnsQuestion(name, DnsRecordType.valueOf(type.name())))
                    .addListener((FutureListener<AddressedEnvelope<DnsResponse, InetSocketAddress>>)
                            asked -> give(asked, type, result));
        } catch (IllegalArgumentException notAName) {
            result.completeExceptionally(
                    new IOException("it was not asked: " + notAName.getMessage() + " (expected: a name of the DNS)"));
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private void give(
            Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> asked,
            DnsType type,
            CompletableFuture<DnsAnswer> result) {
        if (!asked.isSuccess()) {
            result.completeExceptionally(failure(asked.cause()));
            return;
        }
        AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = asked.getNow();
        try {
            result.complete(DnsAnswer.of(envelope.content(), type));
        } catch (IOException e) {
            result.completeExceptionally(e);
        } finally {
            envelope.release();
        }
    }

    private IOException failure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof DnsNameResolverTimeoutException) {
                return new IOException("no answer within " + Failures.seconds(timeout));
            }
            if (each instanceof PortUnreachableException || each instanceof ConnectException) {
                return new IOException("nobody listens there");
            }
        }
        return new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    /* Its caches, servers and search list are not used: who asks says which server and which name. */
    private DnsNameResolver resolver() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the host is stopping");
            }
            if (resolver == null) {
                resolver = new DnsNameResolverBuilder(loops.next())
                        .datagramChannelType(NioDatagramChannel.class)
                        .socketChannelType(NioSocketChannel.class)
                        .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                        .queryTimeoutMillis(timeout.toMillis())
                        .maxPayloadSize(LARGEST_DATAGRAM)
                        .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                                new InetSocketAddress(NetUtil.LOCALHOST, ResolverFile.PORT)))
                        .searchDomains(List.of())
                        .resolveCache(NoopDnsCache.INSTANCE)
                        .cnameCache(NoopDnsCnameCache.INSTANCE)
                        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                        .build();
            }
            return resolver;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (resolver != null) {
                resolver.close();
            }
        }
    }
}
