package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.distribution.comparison.load.CountingReceiver.Received;
import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountingReceiverTest {
    private static final int SERIES = 200;

    @TempDir
    Path folder;

    private CountingReceiver receiver;
    private RemoteWriteClient client;

    @BeforeEach
    void start() throws IOException {
        receiver = CountingReceiver.start(Versions.ONE, new SampleCount("numbered_", 8));
        client = new RemoteWriteClient(receiver.endpoint(), "one", SERIES);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void countsRequestsBodiesAndSamples() throws IOException {
        long start = System.nanoTime();
        assertThat(client.push(1, 1000)).isEqualTo(204);
        assertThat(client.push(2, 2000)).isEqualTo(204);
        Received received = receiver.received();
        assertThat(received.requests()).isEqualTo(2);
        assertThat(received.samples()).isEqualTo(new SampleCount.Result(2 * SERIES, 0, 0, 0));
        assertThat(received.bytes()).isBetween(2L * SERIES, 2L * SERIES * 60);
        assertThat(receiver.firstSample()).isGreaterThan(start).isLessThan(receiver.lastSample());
        assertThat(receiver.lastSample()).isLessThan(System.nanoTime());
    }

    @Test
    void refusesWhatIsNotSnappyOrOfTheSecondVersion() throws IOException {
        assertThat(Web.post(receiver.endpoint()).statusCode()).isEqualTo(415);
        assertThat(second(receiver)).isEqualTo(415);
        assertThat(receiver.received()).isEqualTo(new Received(0, 2, 0, new SampleCount.Result(0, 0, 0, 0)));
    }

    @Test
    void takesTheSecondVersionWhereItShall() throws IOException {
        try (CountingReceiver both = CountingReceiver.start(Versions.ONE_AND_TWO, new SampleCount("numbered_", 1))) {
            assertThat(second(both)).isEqualTo(204);
            assertThat(both.received().requests()).isEqualTo(1);
        }
    }

    @Test
    void answersWithAStatusAndKeepsNothingWhileItFailsSo() throws IOException {
        receiver.fail(Fault.SERVER_ERROR);
        assertThat(client.push(1, 1000)).isEqualTo(503);
        receiver.fail(Fault.TOO_MANY_REQUESTS);
        assertThat(client.push(1, 1000)).isEqualTo(429);
        assertThat(receiver.received().requests()).isZero();
        assertRecovers();
    }

    @Test
    void nothingListensWhileItIsDown() throws IOException {
        receiver.fail(Fault.DOWN);
        assertThatThrownBy(() -> client.push(1, 1000)).isInstanceOf(ConnectException.class);
        assertRecovers();
    }

    @Test
    void keepsWhatItDoesNotAnswer() throws IOException {
        receiver.fail(Fault.ANSWERS_LOST);
        assertThatThrownBy(() -> client.push(1, 1000)).isInstanceOf(IOException.class);
        receiver.recover();
        assertThat(client.push(1, 1000)).isEqualTo(204);
        assertThat(receiver.received().samples().scraped()).isEqualTo(SERIES);
        assertThat(receiver.received().samples().repeated()).isPositive();
    }

    @Test
    void answersLateWhileItIsSlow() throws IOException {
        receiver.fail(Fault.SLOW);
        long start = System.nanoTime();
        assertThat(client.push(1, 1000)).isEqualTo(204);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(receiver.received().samples().scraped()).isEqualTo(SERIES);
    }

    @Test
    void hangsUntilItRecovers() throws Exception {
        receiver.fail(Fault.HANGING);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return client.push(1, 1000);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        Await.until(
                "the request hangs",
                Duration.ofSeconds(10),
                () -> receiver.received().refused() == 1);
        receiver.recover();
        assertThat(status)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
        assertRecovers();
    }

    @Test
    void aRecordIsSentAgain() throws IOException {
        try (RequestFile file = RequestFile.create(folder.resolve("requests"))) {
            receiver.record(file);
            client.push(1, 1000);
            client.push(2, 2000);
            receiver.record(null);
            client.push(3, 3000);
            assertThat(file.replay(receiver.endpoint(), 2)).isPositive();
        }
        assertThat(receiver.received().samples()).isEqualTo(new SampleCount.Result(3 * SERIES, 0, 2 * SERIES, 0));
    }

    private void assertRecovers() throws IOException {
        receiver.recover();
        assertThat(client.push(2, 2000)).isEqualTo(204);
        assertThat(receiver.received().samples().scraped()).isPositive();
    }

    /** An empty message is one of the second version too. */
    private static int second(CountingReceiver receiver) throws IOException {
        return Web.send(HttpRequest.newBuilder(URI.create(receiver.endpoint()))
                        .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
                        .header("Content-Encoding", "snappy")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(org.xerial.snappy.Snappy.compress(new byte[0]))))
                .statusCode();
    }
}
