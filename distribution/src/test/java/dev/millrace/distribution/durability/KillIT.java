package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process under load, killed with -9 at random moments, also while it starts, in front of a receiver that fails in every
 * way: what was acknowledged is delivered, each series in order, nothing is invented, and what is repeated at a kill is at most
 * one request of each lane, as it was. {@code -Dmillrace.kills} says how often.
 */
@Tag("servers")
final class KillIT {
    private static final int LANES = 6;
    private static final int CLIENTS = 4;
    private static final int WIDTH = 10;
    private static final int SERIES = 100;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Set<String> OF_SCRAPES = Set.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added");

    private static final String PIPELINE = """
            inputs:
              - Type: service_http_server
                Address: '%s'
                Format: prometheus
              - Type: input_prometheus
                ScrapeConfigs:
                  - job_name: test
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    static_configs:
                      - targets: ['%s', '%s']
            flushers:
              - Type: flusher_prometheus
                Endpoint: '%s'
                Concurrency: %d
                SeriesLimit: 30
                BatchTimeout: 200ms
                Timeout: %dms
                Retry:
                  MaxDelay: 200ms
                Headers:
                  %s: '${env:LIFE}'
            """;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(seed());
    private final Map<String, String> environment =
            new ConcurrentHashMap<>(Map.of("MILLRACE_CLASS_SHARING", "off", "LIFE", "0"));
    private List<NumberedTarget> targets;
    private List<Pusher> clients;
    private SampleOracle oracle;
    private int life;

    private static long seed() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        return seed;
    }

    @Test
    void whatWasAcknowledgedIsDeliveredThroughManyKills() throws Exception {
        int kills = Integer.getInteger("millrace.kills", 20);
        String address = "127.0.0.1:" + Ports.free();
        oracle = new SampleOracle(this::isPossible);
        try (NumberedTarget one = NumberedTarget.start(SERIES);
                NumberedTarget two = NumberedTarget.start(SERIES);
                StormyReceiver receiver = new StormyReceiver(oracle, random.split(), PATIENCE);
                Millrace millrace = Millrace.in(folder, Millrace.HOME, environment)) {
            targets = List.of(one, two);
            clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Pusher("http://" + address + "/api/v1/write", "client-" + i, WIDTH))
                    .toList();
            millrace.pipeline(
                    "kills",
                    PIPELINE.formatted(
                            address,
                            one.address(),
                            two.address(),
                            receiver.endpoint(),
                            LANES,
                            PATIENCE.toMillis(),
                            StormyReceiver.LIFE));
            for (int kill = 1; kill <= kills; kill++) {
                liveAndDie(millrace, receiver);
            }
            begin(millrace);
            Await.until("it is ready", Duration.ofSeconds(60), () -> isReady(millrace));
            receiver.trouble(5);
            for (Pusher client : clients) {
                client.close();
            }
            targets.forEach(NumberedTarget::end);
            awaitDelivery(millrace);
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
            judge(kills, receiver);
        }
    }

    /** One process: its receiver fails more or less or is gone, and it is killed while it starts or works. */
    private void liveAndDie(Millrace millrace, StormyReceiver receiver) throws IOException {
        boolean calm = random.nextInt(4) == 0; // long enough for more than one lane
        receiver.trouble(calm ? 0 : random.nextInt(60));
        boolean gone = random.nextInt(5) == 0;
        if (gone) {
            receiver.go();
        }
        begin(millrace);
        if (random.nextInt(5) > 0) {
            Await.until(
                    "it is ready",
                    Duration.ofSeconds(60),
                    () -> isReady(millrace),
                    () -> String.join("\n", millrace.lines()));
            Equations.hold(millrace.metrics());
        }
        LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(calm ? 6_000 : 2_500)));
        millrace.kill();
        if (gone) {
            receiver.come();
        }
    }

    private void begin(Millrace millrace) {
        life++;
        environment.put("LIFE", Integer.toString(life));
        millrace.launch();
    }

    private static boolean isReady(Millrace millrace) throws IOException {
        assertThat(millrace.process().alive()).isTrue();
        return millrace.isReady();
    }

    /** Waits as long as something comes: how much waits depends on what the receiver did. */
    private void awaitDelivery(Millrace millrace) {
        long[] last = {-1, 0};
        Await.until("all that was acknowledged is delivered", Duration.ofMinutes(10), () -> {
            long samples = oracle.samples();
            if (samples != last[0]) {
                last[0] = samples;
                last[1] = System.nanoTime();
            }
            boolean delivered = clients.stream().allMatch(client -> missing(client) == 0);
            if (!delivered && System.nanoTime() - last[1] > SILENCE.toNanos()) {
                throw new AssertionError("missing, and nothing comes: "
                        + clients.stream().map(this::missing).toList() + "\n" + String.join("\n", millrace.lines()));
            }
            return delivered && millrace.metrics().sum("millrace_flusher_backlog_items") == 0;
        });
    }

    /** How many pages that were acknowledged are not delivered. */
    private int missing(Pusher client) {
        return oracle.missing(client.name(), WIDTH, client.acknowledged()).size();
    }

    private void judge(int kills, StormyReceiver receiver) {
        Map<Integer, Integer> repeated = oracle.repeatedByLife();
        System.out.println("kills: " + kills + ", pages acknowledged: "
                + clients.stream()
                        .mapToInt(client -> client.acknowledged().cardinality())
                        .sum()
                + ", samples: " + oracle.samples() + ", requests: " + oracle.requests() + " " + receiver.fates()
                + ", requests repeated after each kill: " + repeated);
        assertThat(oracle.faults()).isEmpty();
        assertThat(repeated.values())
                .allSatisfy(requests -> assertThat(requests).isBetween(0, LANES));
        for (Pusher client : clients) {
            assertThat(client.acknowledged().cardinality()).as(client.name()).isPositive();
            assertThat(oracle.torn(client.name(), WIDTH, client.attempted()))
                    .as("pages of which a part is missing")
                    .isEmpty();
        }
        for (NumberedTarget target : targets) {
            int pages = (int) target.pages();
            assertThat(oracle.torn(target.address(), SERIES, pages)).isEmpty();
            BitSet all = new BitSet();
            all.set(1, pages + 1);
            assertThat(oracle.missing(target.address(), SERIES, all))
                    .as("pages cut off by the kill, or too late on a busy machine")
                    .hasSizeLessThan(pages);
        }
    }

    /** Whether a sample is one that was pushed, or stood on a page that was scraped. */
    private boolean isPossible(Sample sample) {
        if (!sample.isOf(NumberedTarget.METRIC)) {
            return OF_SCRAPES.stream().anyMatch(sample::isOf)
                    && targets.stream().anyMatch(target -> target.address().equals(sample.instance()));
        }
        int page = (int) sample.value();
        for (Pusher client : clients) {
            if (client.name().equals(sample.instance())) {
                return page >= 1
                        && page <= client.attempted()
                        && sample.timestamp() == Pusher.time(page)
                        && Integer.parseInt(sample.number()) < WIDTH;
            }
        }
        return targets.stream()
                .filter(target -> target.address().equals(sample.instance()))
                .anyMatch(target -> sample.isStale() || page >= 1 && page <= target.pages());
    }
}
