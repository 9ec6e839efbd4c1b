package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.uri;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slow side holds the other one back; memory holds a few reads, and the kernel's socket buffers the rest. */
final class BackPressureTest {
    /** More than the kernel's buffers on both sides, and much less than what would flow without back-pressure. */
    private static final long BOUND = 32 << 20;

    private final TransportFixture fixture = new TransportFixture();
    private final PooledClient client = fixture.client();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aSlowReaderOfAnAnswerHoldsBackItsServer() throws Exception {
        EndlessBody body = new EndlessBody(cancelled);
        Registration registration = fixture.serve(
                "/", request -> CompletableFuture.completedFuture(new HttpResponse(200, HttpHeaders.EMPTY, body)));
        HttpResponse response = get(client.send(HttpRequest.get(uri(registration, "/")), LONG));
        SlowReader reader = new SlowReader();
        response.body().subscribe(reader);
        checkThatItStops(body::published, reader);
        reader.cancel();
        cancelled.await();
    }

    @Test
    void aHandlerThatReadsSlowlyHoldsBackItsClient() throws Exception {
        EndlessBody body = new EndlessBody(cancelled);
        SlowReader reader = new SlowReader();
        Registration registration = fixture.serve("test", "/", Long.MAX_VALUE, request -> {
            request.body().subscribe(reader);
            return new CompletableFuture<>();
        });
        CompletableFuture<HttpResponse> answer =
                client.send(new HttpRequest("POST", uri(registration, "/"), HttpHeaders.EMPTY, body), LONG);
        checkThatItStops(body::published, reader);
        answer.cancel(true);
        cancelled.await();
    }

    private static void checkThatItStops(LongSupplier published, SlowReader reader) throws Exception {
        reader.demand(1);
        long stopped = untilItStops(published);
        assertThat(stopped).isLessThan(BOUND);
        assertThat(reader.taken()).isLessThanOrEqualTo(64 * 1024);
        reader.demand(Long.MAX_VALUE);
        TransportFixture.await(() -> reader.taken() > 2 * BOUND);
        assertThat(published.getAsLong()).isLessThan(reader.taken() + BOUND);
    }

    /** The value, when it has not changed for a while. */
    private static long untilItStops(LongSupplier value) throws InterruptedException {
        long last = -1;
        while (value.getAsLong() != last || last <= 0) {
            last = value.getAsLong();
            TimeUnit.MILLISECONDS.sleep(300); // there is no event for nothing happening
        }
        return last;
    }

    /** A subscriber that asks only when it is told to. */
    private static final class SlowReader implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final AtomicLong taken = new AtomicLong();

        void demand(long pieces) throws Exception {
            get(subscription).request(pieces);
        }

        void cancel() throws Exception {
            get(subscription).cancel();
        }

        long taken() {
            return taken.get();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            taken.addAndGet(piece.remaining());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
