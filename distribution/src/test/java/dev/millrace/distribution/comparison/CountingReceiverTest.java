package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CountingReceiverTest {
    @Test
    void countsRequestsBodiesAndSamples() throws IOException {
        long start = System.nanoTime();
        try (CountingReceiver receiver = CountingReceiver.start("numbered_")) {
            RemoteWriteClient client = new RemoteWriteClient(receiver.endpoint(), "one", 200);
            assertThat(client.push(1, 1000)).isEqualTo(204);
            assertThat(client.push(2, 2000)).isEqualTo(204);
            CountingReceiver.Received received = receiver.received();
            assertThat(received.requests()).isEqualTo(2);
            assertThat(received.samples()).isEqualTo(new SampleCount.Result(400, 0, 0, 0));
            assertThat(received.bytes()).isBetween(400L, 400L * 60);
            assertThat(receiver.firstSample()).isGreaterThan(start).isLessThan(System.nanoTime());
        }
    }

    @Test
    void refusesWhatIsNotSnappy() throws IOException {
        try (CountingReceiver receiver = CountingReceiver.start("numbered_")) {
            assertThat(Web.post(receiver.endpoint()).statusCode()).isEqualTo(415);
            assertThat(receiver.received())
                    .isEqualTo(new CountingReceiver.Received(0, 1, 0, new SampleCount.Result(0, 0, 0, 0)));
        }
    }
}
