package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.loopback;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.DatagramHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Datagrams, and who takes them. */
final class DatagramListenersTest {
    private final TransportFixture fixture = new TransportFixture();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tooLarge = new AtomicInteger();
    private final AtomicInteger tooMany = new AtomicInteger();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private DatagramRoute route(String owner, String name) {
        return route(owner, (sender, content) -> taken.add(name + " " + text(content)));
    }

    private DatagramRoute route(String owner, DatagramHandler handler) {
        return new DatagramRoute(
                owner,
                1000,
                handler,
                new DatagramRoute.Drops() {
                    @Override
                    public void tooLarge() {
                        tooLarge.incrementAndGet();
                    }

                    @Override
                    public void tooMany() {
                        tooMany.incrementAndGet();
                    }
                },
                fixture.workers());
    }

    private static String text(ByteBuffer content) {
        return UTF_8.decode(content).toString();
    }

    private static void send(InetSocketAddress to, String... texts) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (String text : texts) {
                byte[] bytes = text.getBytes(UTF_8);
                socket.send(new DatagramPacket(bytes, bytes.length, to));
            }
        }
    }

    @Test
    void givesDatagramsInTheirOrder() throws Exception {
        Registration registration = fixture.transport.serve(loopback(0), route("a", "one"));
        send(registration.address(), "1", "", "2", "3");
        TransportFixture.await(() -> taken.size() == 4);
        assertThat(taken).containsExactly("one 1", "one ", "one 2", "one 3");
    }

    @Test
    void dropsAndCountsWhatIsTooLarge() throws Exception {
        Registration registration = fixture.transport.serve(loopback(0), route("a", "one"));
        send(registration.address(), "x".repeat(1001), "ok");
        TransportFixture.await(() -> taken.size() == 1);
        assertThat(taken).containsExactly("one ok");
        assertThat(tooLarge).hasValue(1);
    }

    @Test
    void dropsAndCountsWhatComesWhileTooMuchIsWaiting() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Registration registration = fixture.transport.serve(loopback(0), route("a", (sender, content) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.add(text(content));
        }));
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = new byte[1000];
            TransportFixture.await(() -> {
                try {
                    socket.send(new DatagramPacket(bytes, bytes.length, registration.address()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return tooMany.get() > 10;
            });
        }
        go.countDown();
        TransportFixture.await(() -> taken.size() > 3000);
    }

    @Test
    void aSuccessorTakesOverAndGetsWhatCameInBetween() throws Exception {
        InetSocketAddress asked = loopback(0);
        Registration first = fixture.transport.serve(asked, route("a", "one"));
        Transport.Hold hold = fixture.transport.holdSockets();
        first.close();
        send(first.address(), "between");
        Registration second = fixture.transport.serve(asked, route("a", "two"));
        hold.close();
        assertThat(second.address()).isEqualTo(first.address());
        TransportFixture.await(() -> !taken.isEmpty());
        assertThat(taken).containsExactly("two between");
        second.close();
        try (DatagramSocket free = new DatagramSocket(first.address())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void anAddressHasOneOwner() throws Exception {
        InetSocketAddress asked = loopback(0);
        fixture.transport.serve(asked, route("a", "one"));
        assertThatThrownBy(() -> fixture.transport.serve(asked, route("b", "two")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("(UDP): served for a already");
    }

    @Test
    void aHandlerIsNotCalledAnyMoreWhenItsEndIsComplete() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Registration registration = fixture.transport.serve(loopback(0), route("a", (sender, content) -> {
            called.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.add("done");
        }));
        send(registration.address(), "1", "2");
        called.await();
        var ended = registration.end();
        assertThat(ended).isNotDone();
        go.countDown();
        TransportFixture.get(ended);
        assertThat(taken).containsExactly("done");
    }
}
