package dev.millrace.distribution.comparison.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Many processes that export metrics by OTLP, each over a connection of its own, evenly over the interval: a load whose
 * targets are clients, and whose series are data points. What is not taken is not sent again, and not counted. Thread-safe.
 */
public final class OtlpClients implements Source {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = (EventLoop) group.next();
    private final List<OtlpClient> clients = new ArrayList<>();
    private final int samples;

    private OtlpClients(Load load, OtlpProtocol protocol, String address) {
        samples = OtlpRequest.samples(load.series());
        URI uri = URI.create("http://" + address);
        OtlpCall call = protocol == OtlpProtocol.GRPC ? new GrpcCall(address) : new HttpCall(address);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress(new InetSocketAddress(uri.getHost(), uri.getPort()));
        call.prepare(bootstrap);
        long start = System.currentTimeMillis() * 1_000_000;
        long interval = load.interval().toNanos();
        for (int i = 0; i < load.targets(); i++) {
            OtlpClient client = new OtlpClient(bootstrap, call, OtlpRequest.of(load.series(), i, start));
            clients.add(client);
            var unused = loop.scheduleAtFixedRate(
                    client::export, interval * i / load.targets(), interval, TimeUnit.NANOSECONDS);
        }
    }

    /** Starts the clients of a load; whoever listens at an address gets their metrics. */
    public static OtlpClients start(Load load, OtlpProtocol protocol, String address) {
        return new OtlpClients(load, protocol, address);
    }

    @Override
    public String names() {
        return OtlpRequest.NAMES;
    }

    /** How many samples the data points became that were taken. */
    @Override
    public long samples() {
        return exports() * samples;
    }

    /** How many exports were taken. */
    public long exports() {
        return sum(OtlpClient::kept);
    }

    /** How many were refused or cut, or found nobody. */
    public long failures() {
        return sum(OtlpClient::failed);
    }

    @Override
    public void hold() {
        await(() -> {
            clients.forEach(OtlpClient::hold);
            return null;
        });
    }

    @Override
    public void close() {
        await(() -> {
            clients.forEach(OtlpClient::close);
            return null;
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private long sum(ToLongFunction<OtlpClient> figure) {
        return await(() -> clients.stream().mapToLong(figure).sum());
    }

    private <T> T await(Callable<T> task) {
        try {
            return loop.submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
