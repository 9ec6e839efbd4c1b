package dev.millrace.distribution.comparison.load;

import dev.millrace.distribution.numbered.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Many targets, each at an address of its own of 127.0.0.0/8, all on one port, served by one thread. It understands requests
 * without a body and answers each with the target's page, never compressed. Thread-safe.
 */
final class TargetFleet implements Fleet {
    private static final int HOSTS_OF_A_NETWORK = 250;

    private final Load load;
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    /** Connections whose requests stay without an answer. */
    private final Queue<TargetConnection> waiting = new ConcurrentLinkedQueue<>();

    private final Selector selector = Selector.open();
    private volatile boolean held;

    private TargetFleet(Load load) throws IOException {
        this.load = load;
    }

    /** Starts the targets of a load. */
    static TargetFleet start(Load load) throws IOException {
        return start(load, 0);
    }

    /** Starts the targets of a load that is a part of a larger one, behind {@code first} other targets. */
    static TargetFleet start(Load load, int first) throws IOException {
        TargetFleet fleet = new TargetFleet(load);
        int port = Ports.free();
        for (int i = first; i < first + load.targets(); i++) {
            fleet.listen("127.0." + i / HOSTS_OF_A_NETWORK + "." + (i % HOSTS_OF_A_NETWORK + 1), port, load.seed() + i);
        }
        Thread thread = new Thread(fleet::serve, "targets");
        thread.setDaemon(true);
        thread.start();
        return fleet;
    }

    @Override
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** How many samples were served, in pages that were taken to the end. */
    @Override
    public long samples() {
        return scrapes(targets.size()).pages() * load.series();
    }

    @Override
    public Scrapes scrapes(int first) {
        long now = System.nanoTime();
        return targets.stream().limit(first).map(target -> target.scrapes(now)).reduce(Scrapes.none(), Scrapes::and);
    }

    @Override
    public double cpuSeconds() {
        return 0;
    }

    /** Serves no pages; requests from now on stay without an answer. */
    @Override
    public void hold() {
        held = true;
    }

    @Override
    public void resume() {
        held = false;
        for (TargetConnection one = waiting.poll(); one != null; one = waiting.poll()) {
            close(one);
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof TargetConnection connection) {
                close(connection);
            }
        }
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

    private void serve() {
        try {
            while (true) {
                selector.select(this::go);
            }
        } catch (ClosedSelectorException e) {
            // the fleet was closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void go(SelectionKey key) {
        if (key.attachment() instanceof Target target) {
            accept((ServerSocketChannel) key.channel(), target);
            return;
        }
        TargetConnection connection = (TargetConnection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write(key);
            } else if (connection.read()) {
                answer(connection, key);
            }
        } catch (IOException e) {
            close(connection); // a page that was not taken to the end is not counted
        }
    }

    private void answer(TargetConnection connection, SelectionKey key) throws IOException {
        if (held) {
            key.interestOps(0);
            waiting.add(connection);
        } else {
            connection.answer(key);
        }
    }

    private void accept(ServerSocketChannel listener, Target target) {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new TargetConnection(channel, target));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(TargetConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
