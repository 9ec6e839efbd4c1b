package dev.millrace.distribution.demo;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteBody;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The story of the demo, from the first scrape to the count. */
final class Demonstration {
    private static final int TARGETS = 4;
    private static final int SERIES = 300;
    /** The seconds, and about the pages of each target, between two events. */
    private static final int PAGES = 5;

    private static final Duration DOWN = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 50;
    /** How much the timestamp of a scrape may be older than its request. */
    private static final long TOLERANCE_MILLIS = 10;

    private final Stage stage;
    private final Screen screen;
    private final int swallow;
    private final int port = Ports.free();
    private final Path record;
    private final RequestRecord.Reader arrivals;
    private final DeliveryOracle oracle = new DeliveryOracle(SERIES);
    private final List<NumberedTarget> targets = new ArrayList<>();
    private List<Long> lastBeforeKill = nothing();
    private long killed;

    /** A demo whose receiver loses the request of the number {@code swallow}, or none if that is 0. */
    Demonstration(Stage stage, int swallow) {
        this.stage = stage;
        this.screen = stage.screen();
        this.swallow = swallow;
        this.record = stage.folder().resolve("requests.record");
        this.arrivals = new RequestRecord.Reader(record);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Plays it and says whether the promises were kept. */
    boolean run() throws DemoException, IOException, InterruptedException {
        introduce();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(NumberedTarget.start(SERIES));
        }
        try {
            return play();
        } finally {
            targets.forEach(NumberedTarget::close);
        }
    }

    private void introduce() {
        screen.say("What the collector has acknowledged is delivered, and in order, whatever");
        screen.say("happens to the receiver or to the collector. This demo stops the one, kills");
        screen.say("the other, and counts outside the collector what came of it.");
        screen.say("");
        screen.say(TARGETS + " targets of " + SERIES + " series number their pages. The collector scrapes them each");
        screen.say("second and writes to a receiver that records every request. All they keep is in");
        screen.say(stage.folder() + (stage.isKept() ? "." : ", which is removed at the end."));
        screen.say("");
    }

    private boolean play() throws DemoException, IOException, InterruptedException {
        Files.createFile(record);
        Path conf = stage.folder().resolve("conf");
        Files.createDirectories(conf.resolve("pipelines"));
        Files.writeString(conf.resolve("millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\n");
        Files.writeString(conf.resolve("pipelines/demo.yaml"), pipeline());

        screen.event("the receiver and the collector start");
        Child receiver = startReceiver("starting", swallow);
        Child collector = startCollector();
        await("starting", "every target is scraped and arrives", () -> pagesArrivedAfter(nothing()));
        screen.event("what is scraped arrives (collector: pid " + collector.pid() + ")");
        awaitPages("running");

        stage.stop(receiver);
        screen.event("the receiver is stopped: samples wait in the collector's journal");
        awaitPages("no receiver");

        killed = System.currentTimeMillis();
        stage.kill(collector);
        screen.event("kill -9 of the collector, in the middle of the outage");
        long down = System.nanoTime();
        await("no collector", "a second passes", () -> System.nanoTime() - down >= DOWN.toNanos());
        lastBeforeKill = pages();
        collector = startCollector();
        screen.event("the collector starts again on its journal (pid " + collector.pid() + ")");
        awaitPages("no receiver");

        List<Long> mark = pages();
        receiver = startReceiver("no receiver", 0);
        screen.event("the receiver starts again: the backlog drains, oldest first");
        await("draining", "the backlog is delivered", () -> pagesArrivedAfter(mark));
        screen.event("the backlog is delivered; the targets end");
        awaitLast();

        stage.stop(collector);
        stage.stop(receiver);
        read();
        if (collector.exitCode() != 0) {
            throw collector.failed("did not stop in good order: exit code " + collector.exitCode());
        }
        return conclude(verdict());
    }

    private Child startReceiver(String phase, int swallowed) throws DemoException, IOException, InterruptedException {
        Child receiver = stage.start(
                "receiver",
                List.of(
                        "demo",
                        "receiver",
                        "--port",
                        Integer.toString(port),
                        "--record",
                        record.toString(),
                        "--swallow-request",
                        Integer.toString(swallowed)));
        await(phase, "the receiver listens", () -> receiver.hasWritten("receives at "));
        return receiver;
    }

    private Child startCollector() throws DemoException, IOException {
        return stage.start(
                "collector",
                List.of(
                        "run",
                        "--conf",
                        stage.folder().resolve("conf").toString(),
                        "--data",
                        stage.folder().resolve("data").toString()));
    }

    /* The largest delay between two attempts is short, so that the demo is. */
    private String pipeline() {
        return """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: demo
                        scrape_interval: 1s
                        scrape_timeout: 1s
                        static_configs:
                          - targets: [%s]
                flushers:
                  - Type: flusher_prometheus
                    Endpoint: '%s'
                    Retry:
                      MaxDelay: 1s
                """.formatted(
                targets.stream().map(target -> "'" + target.address() + "'").collect(Collectors.joining(", ")),
                RemoteWriteEndpoint.url(port));
    }

    /**
     * Waits until each target has served some more pages, and for the time that this takes: what happens next, a kill among
     * it, comes at any moment between two scrapes.
     */
    private void awaitPages(String phase) throws DemoException, IOException, InterruptedException {
        List<Long> before = pages();
        long start = System.nanoTime();
        await(
                phase,
                "every target is scraped " + (PAGES - 1) + " times",
                () -> System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(PAGES)
                        && IntStream.range(0, TARGETS)
                                .allMatch(i -> targets.get(i).pages() >= before.get(i) + PAGES - 1));
    }

    /**
     * Ends the targets, and waits until each series ends with its stale marker at the receiver: as a series stays in order,
     * nothing before it is on its way any more.
     */
    private void awaitLast() throws DemoException, IOException, InterruptedException {
        long end = System.currentTimeMillis() - TOLERANCE_MILLIS;
        targets.forEach(NumberedTarget::end);
        await(
                "ending",
                "every series has ended at the receiver",
                () -> targets.stream().allMatch(target -> oracle.ended(target.address(), end) == SERIES));
    }

    /** Waits until something holds, showing how far all is; fails at a deadline, or when a process ends. */
    private void await(String phase, String what, Condition condition)
            throws DemoException, IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            read();
            if (condition.holds()) {
                return;
            }
            stage.check();
            if (System.nanoTime() - deadline > 0) {
                throw stage.failed("within " + DEADLINE.toSeconds() + " s it did not come to this: " + what);
            }
            Verdict verdict = verdict();
            screen.progress(String.join(
                    " · ",
                    phase,
                    Verdict.part("scraped", verdict.scraped()),
                    Verdict.part("delivered", verdict.delivered()),
                    Verdict.part("waiting", verdict.waiting())));
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void read() throws IOException {
        for (byte[] body : arrivals.next()) {
            oracle.add(RemoteWriteBody.samples(body));
        }
    }

    private static List<Long> nothing() {
        return IntStream.range(0, TARGETS).mapToObj(i -> 0L).toList();
    }

    private List<Long> pages() {
        return targets.stream().map(NumberedTarget::pages).toList();
    }

    /** Whether of each target a page after these has arrived whole, and so, as series stay in order, all there was before. */
    private boolean pagesArrivedAfter(List<Long> numbers) {
        return IntStream.range(0, TARGETS).allMatch(i -> {
            NumberedTarget target = targets.get(i);
            return target.served().tailMap(numbers.get(i) + 1).keySet().stream()
                    .anyMatch(page -> oracle.arrived(target.address(), page) == SERIES);
        });
    }

    private Verdict verdict() {
        return Verdict.of(
                IntStream.range(0, TARGETS)
                        .mapToObj(i -> Served.by(targets.get(i), lastBeforeKill.get(i), killed))
                        .toList(),
                oracle);
    }

    private boolean conclude(Verdict verdict) {
        screen.event("all processes are stopped; what both ends counted, in samples:");
        screen.say("");
        screen.say(verdict.line());
        screen.say("");
        if (verdict.cutOff() > 0) {
            screen.say("Cut off by the kill: samples on a page that the collector had just been handed");
            screen.say("when it was killed, and had not acknowledged.");
            screen.say("");
        }
        if (verdict.good()) {
            screen.say("Nothing that the collector had acknowledged is missing, and each series arrived");
            screen.say("in its order. docs/operations.md says what each number means. Next, yours:");
            screen.say("bin/millrace init --from prometheus.yml --remote-write URL");
        } else {
            stage.keep();
            screen.say("This should not happen. What is left in " + stage.folder() + " shows it:");
            screen.say("please report it.");
            verdict.losses().forEach(loss -> screen.say("  lost: " + loss));
        }
        return verdict.good();
    }
}
