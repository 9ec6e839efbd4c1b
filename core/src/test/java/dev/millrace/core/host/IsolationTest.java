package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginLoader;
import dev.millrace.core.plugin.PluginSources;
import dev.millrace.core.transport.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever a plugin does wrong, at every place where it is called: it is named and counted, no other pipeline notices, and
 * when it works again, so does its own, without a loss. All places with all faults are for the long run.
 */
final class IsolationTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Deadlines DEADLINES =
            new Deadlines(SHORT, SHORT, SHORT, Duration.ofMillis(30), SHORT.multipliedBy(2));
    private static final ServerLimits LIMITS =
            new ServerLimits(32 * 1024, 4096, 128, Duration.ofMinutes(2), SHORT, SHORT, SHORT, Duration.ofSeconds(5));

    @TempDir
    static Path root;

    private static HostilePlugins hostile;
    private static PluginCatalog catalog;
    private static TestHost host;
    private static ScheduledExecutorService control;
    private static int port;
    private static int changes;
    private static double value;
    private static final List<Long> TAKEN = new ArrayList<>();
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private static final AppenderBase<ILoggingEvent> APPENDER = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            LINES.add(event.getFormattedMessage());
        }
    };

    @BeforeAll
    static void start() throws Exception {
        hostile = new HostilePlugins(root.resolve("faults"));
        HostilePlugins.install(root.resolve("plugins"));
        PluginCalls loading = new PluginCalls(1, Deadlines.DEFAULT);
        catalog =
                PluginLoader.load(PluginSources.of(List.of(root.resolve("plugins"))), root.resolve("copies"), loading);
        assertThat(catalog.problems()).isEmpty();
        host = new TestHost(root.resolve("host"), List.of(new CatalogFactories(catalog)), DEADLINES, LIMITS);
        port = TestHost.freePort();
        APPENDER.start();
        ((Logger) LoggerFactory.getLogger("dev.millrace")).addAppender(APPENDER);
        control = Executors.newSingleThreadScheduledExecutor();
        host.write("good", "", "flusher_kept");
        write();
        reload();
        control.scheduleWithFixedDelay(IsolationTest::look, 10, 10, TimeUnit.MILLISECONDS);
        awaitWork();
    }

    /* As the host does, with time that flies. */
    private static void look() {
        host.pass(Duration.ofSeconds(1));
        host.pipelines.lookAfter();
    }

    @AfterAll
    static void stop() throws Exception {
        assertOthersHaveLostNothing();
        control.shutdown();
        assertThat(control.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        host.close();
        ((Logger) LoggerFactory.getLogger("dev.millrace")).detachAppender(APPENDER);
        catalog.close();
    }

    private static Stream<IsolationCase> faults() {
        return Boolean.getBoolean("millrace.isolation.all") ? IsolationCase.all() : IsolationCase.some();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNamedAndCountedAndHarmsNobodyElse(IsolationCase fault) throws Exception {
        LINES.clear();
        long before = counted(fault);
        int doneBefore = HostilePlugins.done(fault.place());
        hostile.fault(fault.place(), fault.mode());
        try {
            provoke(fault, doneBefore);
            assertOthersWork();
            TestHost.await(fault + " is counted", () -> counted(fault) > before || !fault.isCounted());
            TestHost.await(fault + " is named: " + LINES + errors(fault), () -> isNamed(fault));
            assertOthersWork();
        } finally {
            hostile.mend(fault.place()); // the other cases use the same host
        }
        awaitWork();
        int done = HostilePlugins.done(fault.place()) - doneBefore;
        if (!fault.isCounted()) {
            assertThat(counted(fault)).isEqualTo(before);
        } else if (fault.countsEach()) {
            TestHost.await(
                    fault + " is counted each of " + done + " times: " + (counted(fault) - before),
                    () -> counted(fault) - before == HostilePlugins.done(fault.place()) - doneBefore);
        } else {
            assertThat(counted(fault) - before).isBetween(1L, (long) done);
        }
    }

    @Test
    void anOutcomeToldTwiceCountsOnce() throws Exception {
        assertToldTwice("flusher-outcome", () -> assertThat(push()).isEqualTo(200));
    }

    @Test
    void anAnswerToldTwiceIsGivenOnce() throws Exception {
        assertToldTwice("input-answer", () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String first = request("");
                String last = request("Connection: close\r\n");
                socket.getOutputStream().write((first + last).getBytes(StandardCharsets.US_ASCII));
                String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
            }
        });
    }

    private static String request(String header) {
        return "GET /push?" + ++changes + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n";
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void assertToldTwice(String place, Work work) throws Exception {
        awaitWork();
        HostileFigures before = HostileFigures.of(host).orElseThrow();
        int done = HostilePlugins.done(place);
        hostile.fault(place, "twice");
        for (int i = 0; i < 10; i++) {
            work.run();
        }
        TestHost.await("something is told twice", () -> HostilePlugins.done(place) > done);
        hostile.mend(place);
        assertThat(push()).isEqualTo(200);
        int items = place.equals("input-answer") ? 21 : 11;
        TestHost.await(
                "each item counts once: " + before + HostileFigures.of(host),
                () -> HostileFigures.of(host).orElseThrow().equals(before.plus(items)));
    }

    /** The series is one, so what is sent after what was given up must come after it. */
    @Test
    void whatNeverCompletesIsSentAgainInOrderAndItsLateOutcomeCountsForNothing() throws Exception {
        awaitWork();
        IsolationCase never = new IsolationCase("flusher-outcome", "never");
        HostileFigures before = HostileFigures.of(host).orElseThrow();
        int delivered = HostilePlugins.delivered().size();
        long counted = counted(never);
        hostile.fault(never.place(), never.mode());
        List<Long> pushed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThat(push()).isEqualTo(200);
            pushed.add((long) changes);
        }
        TestHost.await("it is given up again and again", () -> counted(never) >= counted + 3);
        assertThat(HostileFigures.of(host).orElseThrow().delivered()).isEqualTo(before.delivered());
        hostile.mend(never.place());
        TestHost.await("all is delivered", () -> HostilePlugins.delivered().size() >= delivered + 10);
        TestHost.await(
                "each counts once", () -> HostileFigures.of(host).orElseThrow().equals(before.plus(10)));
        List<Long> all = HostilePlugins.delivered();
        assertThat(all.subList(delivered, all.size())).isEqualTo(pushed);
    }

    private static boolean isNamed(IsolationCase fault) {
        return LINES.stream().anyMatch(fault::isNamedIn)
                || errors(fault).stream().anyMatch(fault::isToldIn);
    }

    /* The last error of exactly this component; of flushers the log tells the same failure once a minute. */
    private static List<String> errors(IsolationCase fault) {
        return HostileFigures.components(host)
                .filter(reading -> reading.id().equals(fault.component()))
                .flatMap(reading -> reading.lastError().stream())
                .map(Incident::message)
                .toList();
    }

    /* Again where it was not reached: the pipeline may still be made anew after the case before. */
    private static void provoke(IsolationCase fault, int doneBefore) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            provoke(fault);
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (HostilePlugins.done(fault.place()) == doneBefore && System.nanoTime() < patience) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } while (HostilePlugins.done(fault.place()) == doneBefore && System.nanoTime() < deadline);
        assertThat(HostilePlugins.done(fault.place()))
                .as("%s is reached", fault)
                .isGreaterThan(doneBefore);
    }

    private static void provoke(IsolationCase fault) throws Exception {
        if (fault.isOfLife()) {
            changes++;
            write();
            reload();
        } else if (fault.place().equals("input-metric")) {
            CompletableFuture.runAsync(() -> page());
        } else if (fault.place().equals("aggregator-flush")) {
            CompletableFuture.runAsync(() -> push());
            TestHost.await(
                    "it is held", () -> HostileFigures.of(host).stream().anyMatch(figures -> figures.pending() > 0));
            changes++;
            write();
            reload();
        } else {
            push(100);
        }
    }

    private static void assertOthersWork() throws Exception {
        for (int i = 0; i < 5; i++) {
            value++;
            assertThat(host.plugins.push("good", value).get(5, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    /** What others handed over is there, whole and in its order. */
    private static void assertOthersHaveLostNothing() {
        host.awaitKept("good/flusher_kept", value);
        assertThat(host.plugins.kept("good/flusher_kept")).hasSize((int) value).isSorted();
    }

    /** Pushes until the pipeline takes it, and everything that it took before is delivered, once. */
    private static void awaitWork() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (push() != 200) { // a busy machine may have missed a deadline, too
            assertThat(System.nanoTime()).as("the pipeline works again").isLessThan(deadline);
            reload();
        }
        TestHost.await(
                "what was taken is delivered once: " + HostileFigures.of(host),
                () -> HostileFigures.of(host).stream().anyMatch(HostileFigures::isBalanced));
        List<Long> delivered = HostilePlugins.delivered();
        assertThat(delivered).doesNotHaveDuplicates();
        assertThat(new HashSet<>(delivered)).containsAll(TAKEN);
    }

    private static int push() {
        return push(5_000);
    }

    private static int push(int timeoutMillis) {
        long number = ++changes;
        try {
            int status = TestHost.post(port, "/push?" + number, timeoutMillis);
            if (status == 200) {
                TAKEN.add(number);
            }
            return status;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String page() {
        try {
            return host.page();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many calls at a place went wrong. */
    private static long counted(IsolationCase fault) {
        try {
            double sum = 0;
            Matcher found = fault.counter().matcher(host.callsPage());
            while (found.find()) {
                sum += Double.parseDouble(found.group(1));
            }
            return (long) sum;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void reload() throws Exception {
        Callable<CompletableFuture<?>> reload = () -> host.pipelines.reload("test");
        control.submit(reload).get(60, TimeUnit.SECONDS);
    }

    private static void write() throws IOException {
        host.write("bad", """
                inputs:
                  - {Type: hostile_input, Port: %d, Change: %d, Extension: hostile_extension}
                processors:
                  - {Type: hostile_processor, Change: %d, State: %s, Extension: hostile_extension}
                aggregators:
                  - {Type: hostile_aggregator, Change: %d, Extension: hostile_extension}
                flushers:
                  - {Type: hostile_flusher, Change: %d, Extension: hostile_extension, Retry: {MaxDelay: 50ms}}
                extensions:
                  - {Type: hostile_extension, Change: %d}
                """.formatted(port, changes, changes, changes % 2 == 0, changes, changes, changes));
    }
}
