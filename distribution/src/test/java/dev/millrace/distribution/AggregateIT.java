package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of {@code processor_aggregate} over kills: each sample that was answered for is counted, once. */
@Tag("servers") // no server, but much time
final class AggregateIT {
    private static final int SERIES = 10;
    private static final int CLIENTS = 3;
    private static final int PUSHES = 4;
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();

    @Test
    void whatWasAnsweredIsCountedOnceThroughKills() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder).unwatched()) { // fewer samples come out than go in
            millrace.pipeline("push", """
                    inputs:
                      - {Type: service_http_server, Address: '%s', Format: prometheus}
                    processors:
                      - {Type: processor_aggregate, Interval: 2s, Without: [series], Outputs: [count], Delay: 1s, Late: current}
                      - {Type: processor_add_fields, Fields: {zone: a}}
                    flushers:
                    """.formatted(address) + Pipelines.flusher("", receiver.endpoint(), ""));
            for (int life = 0; life <= KILLS; life++) {
                millrace.start();
                CountDownLatch pushed = new CountDownLatch(CLIENTS * PUSHES);
                List<Thread> clients = push(address, life == KILLS, pushed);
                assertThat(pushed.await(2, TimeUnit.MINUTES)).isTrue();
                if (life < KILLS) {
                    millrace.kill();
                }
                for (Thread client : clients) {
                    client.join();
                }
            }
            Await.until(
                    "all that was answered is counted",
                    Duration.ofSeconds(60),
                    () -> counted(receiver) >= answered.get(),
                    () -> counted(receiver) + " of " + answered.get() + "\n" + String.join("\n", millrace.lines()));
            assertThat(counted(receiver)).isBetween(answered.get(), answered.get() + unknown.get());
            assertThat(receiver.samples("numbered_page")).isEmpty();
        }
    }

    /* Clients push until the collector is killed, but in its last life; of what is not answered nobody knows. */
    private List<Thread> push(String address, boolean last, CountDownLatch pushed) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RemoteWriteClient client =
                    new RemoteWriteClient("http://" + address + "/api/v1/write", "client" + i, SERIES);
            Thread thread = new Thread(() -> {
                for (int page = 1; !last || page <= PUSHES; page++) {
                    try {
                        if (client.push(page, System.currentTimeMillis()) == 204) {
                            answered.addAndGet(SERIES);
                        }
                    } catch (IOException killed) {
                        unknown.addAndGet(SERIES);
                        return;
                    } finally {
                        pushed.countDown();
                    }
                }
            });
            thread.start();
            clients.add(thread);
        }
        return clients;
    }

    /** The sum of all windows, each of which may have come again after a kill, but with the same value. */
    private static long counted(RemoteWriteReceiver receiver) {
        long sum = 0;
        Map<String, Long> windows = new TreeMap<>();
        for (List<Sample> samples :
                receiver.samples("numbered_page:2s_without_series_count").values()) {
            for (Sample sample : samples) {
                assertThat(sample.series()).contains("zone=\"a\"", "instance=\"client");
                Long before = windows.put(sample.series() + sample.timestamp(), (long) sample.value());
                if (before == null) {
                    sum += (long) sample.value();
                } else {
                    assertThat((long) sample.value()).isEqualTo(before);
                }
            }
        }
        return sum;
    }
}
