package dev.millrace.distribution.comparison.load;

import dev.millrace.distribution.numbered.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Many targets, each at an address of its own of 127.0.0.0/8, all on one port. It understands requests without a body
 * and answers each with the target's page, never compressed. Thread-safe.
 */
public final class TargetFleet implements AutoCloseable {
    private static final int HOSTS_OF_A_NETWORK = 250;
    private static final int LARGEST_REQUEST = 16 << 10;
    private static final int END_OF_REQUEST = ('\r' << 24) | ('\n' << 16) | ('\r' << 8) | '\n';

    private final Load load;
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Selector selector = Selector.open();
    private volatile @Nullable CountDownLatch gate;

    private TargetFleet(Load load) throws IOException {
        this.load = load;
    }

    /** Starts the targets of a load. */
    public static TargetFleet start(Load load) throws IOException {
        TargetFleet fleet = new TargetFleet(load);
        int port = Ports.free();
        for (int i = 0; i < load.targets(); i++) {
            fleet.listen("127.0." + i / HOSTS_OF_A_NETWORK + "." + (i % HOSTS_OF_A_NETWORK + 1), port, load.seed() + i);
        }
        fleet.thread("targets", fleet::accept);
        return fleet;
    }

    /** Host and port of each target. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** How many samples were served, in pages that were taken to the end. */
    public long samples() {
        return targets.stream().mapToLong(Target::pages).sum() * load.series();
    }

    /** How many scrapes of the first so many targets did not come: where two were further apart than the interval. */
    public long missed(int first) {
        return targets.stream().limit(first).mapToLong(Target::missed).sum();
    }

    /** Serves no pages; requests from now on stay without an answer. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Serves pages again, and cuts the connections whose requests stayed without an answer. */
    public void resume() {
        CountDownLatch held = gate;
        gate = null;
        if (held != null) {
            held.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        selector.close();
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
    }

    private void listen(String host, int port, long seed) throws IOException {
        Target target = new Target(ChangingPage.of(load.series(), seed), load.interval());
        ServerSocketChannel listener = ServerSocketChannel.open();
        listeners.add(listener);
        listener.bind(new InetSocketAddress(host, port)).configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT, target);
        targets.add(target);
        addresses.add(host + ":" + port);
    }

    private void accept() {
        try {
            while (true) {
                selector.select(key -> {
                    try {
                        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
                        if (client != null) {
                            thread("target", () -> serve(client, (Target) key.attachment()));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            // the fleet was closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SocketChannel client, Target target) {
        ByteBuffer request = ByteBuffer.allocate(LARGEST_REQUEST);
        try (client) {
            while (read(client, request)) {
                CountDownLatch held = gate;
                if (held != null) {
                    held.await();
                    return;
                }
                target.serve(client);
            }
        } catch (IOException e) {
            // The scraper went away; a page that it did not take to the end is not counted.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the empty line that ends a request without a body; false where the connection ends before. */
    private static boolean read(SocketChannel client, ByteBuffer request) throws IOException {
        request.clear();
        do {
            if (client.read(request) <= 0) {
                return false;
            }
        } while (request.position() < Integer.BYTES
                || request.getInt(request.position() - Integer.BYTES) != END_OF_REQUEST);
        return true;
    }

    private Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
