package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginLoader;
import dev.millrace.core.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever a plugin does wrong, at every place where it is called: it is named and counted, no other pipeline notices, and
 * when it works again, so does its own.
 */
final class IsolationTest {
    private static final Deadlines SHORT =
            new Deadlines(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(50));
    private static final List<String> THAT_HANG = List.of(
            "input-create",
            "input-start",
            "flusher-stop",
            "input-task",
            "input-handle",
            "processor-process",
            "aggregator-add",
            "flusher-group",
            "flusher-send");
    private static final List<String> MORE =
            List.of("hostile", "error", "linkage", "memory", "death", "checked", "exception");
    private static final List<String> OF_LIFE = List.of(
            "input-create",
            "processor-create",
            "aggregator-create",
            "flusher-create",
            "input-start",
            "flusher-limits",
            "input-stop",
            "processor-stop",
            "aggregator-stop",
            "flusher-stop",
            "record");
    private static final List<String> OF_WORK = List.of(
            "input-task",
            "input-metric",
            "input-handle",
            "input-committed",
            "processor-process",
            "aggregator-add",
            "aggregator-flush",
            "flusher-group",
            "flusher-send");
    private static final List<String> WITH_RESULT = List.of(
            "input-create",
            "flusher-limits",
            "processor-process",
            "aggregator-add",
            "aggregator-flush",
            "flusher-group",
            "flusher-send");
    private static final List<String> STAGES = List.of("input-answer", "flusher-outcome");
    private static final String CALLS =
            "millrace_plugin_calls_(?:failed|abandoned)_total\\{(?=[^}]*component=\"hostile_%s\")[^}]*pipeline=\"bad\"[^}]*\\}"
                    + " (\\S+)";
    private static final Pattern DELIVERED =
            Pattern.compile("millrace_flusher_delivered_items_total\\{[^}]*pipeline=\"bad\"[^}]*\\} (\\S+)");

    @TempDir
    static Path root;

    private static HostilePlugins hostile;
    private static PluginCatalog catalog;
    private static TestHost host;
    private static ScheduledExecutorService control;
    private static int port;
    private static int changes;
    private static long pushed;
    private static double value;
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
        host = new TestHost(root.resolve("host"), List.of(new CatalogFactories(catalog)), SHORT);
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

    private static Stream<Arguments> faults() {
        List<String> all = Stream.concat(OF_LIFE.stream(), OF_WORK.stream()).toList();
        Stream<Arguments> basic = all.stream().map(place -> Arguments.of(place, "stack"));
        Stream<Arguments> more =
                all.stream().map(place -> Arguments.of(place, MORE.get(all.indexOf(place) % MORE.size())));
        Stream<Arguments> hanging = THAT_HANG.stream().map(place -> Arguments.of(place, "block"));
        Stream<Arguments> results = WITH_RESULT.stream().map(place -> Arguments.of(place, "null"));
        Stream<Arguments> stages = STAGES.stream()
                .flatMap(place -> Stream.of("failed", "nothing", "null").map(mode -> Arguments.of(place, mode)));
        return Stream.of(basic, more, hanging, results, stages).flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNamedAndCountedAndHarmsNobodyElse(String place, String mode) throws Exception {
        LINES.clear();
        double before = calls(place);
        hostile.fault(place, mode);
        try {
            provoke(place);
            assertOthersWork();
            TestHost.await(place + " is counted", () -> calls(place) > before || place.equals("record"));
            if (!STAGES.contains(place)) { // there the log tells it once in a while, and the counter each time
                TestHost.await(
                        place + " is named: " + LINES, () -> LINES.stream().anyMatch(line -> names(line, place)));
            }
            assertOthersWork();
        } finally {
            hostile.mend(place); // the other cases use the same host
        }
        awaitWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input-answer", "flusher-outcome"})
    void whatIsToldTwiceCountsOnce(String place) throws Exception {
        hostile.fault(place, "twice");
        provoke(place);
        hostile.mend(place);
        awaitWork();
    }

    private static boolean names(String line, String place) {
        return place.equals("record")
                ? line.contains("bad.yaml") || line.startsWith("bad: ")
                : line.contains("bad/hostile_" + place.substring(0, place.indexOf('-')));
    }

    private static void provoke(String place) throws Exception {
        if (OF_LIFE.contains(place)) {
            changes++;
            write();
            reload();
        } else {
            push();
            control.execute(() -> {});
            CompletableFuture.runAsync(() -> page());
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

    /** Pushes until the pipeline takes it, and everything that it took before is delivered. */
    private static void awaitWork() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (push() != 200) { // a busy machine may have missed a deadline, too
            assertThat(System.nanoTime()).as("the pipeline works again").isLessThan(deadline);
            reload();
        }
        TestHost.await("what was taken is delivered", () -> number(DELIVERED) >= pushed);
    }

    private static int push() {
        try {
            int status = TestHost.post(port, "/push?" + ++changes, 1_000);
            pushed += status == 200 ? 1 : 0;
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

    /** How many calls of the component at a place went wrong. */
    private static double calls(String place) {
        return number(Pattern.compile(CALLS.formatted(place.substring(0, Math.max(0, place.indexOf('-'))))));
    }

    private static double number(Pattern pattern) {
        double sum = 0;
        Matcher found = pattern.matcher(page());
        while (found.find()) {
            sum += Double.parseDouble(found.group(1));
        }
        return sum;
    }

    private static void reload() throws Exception {
        Callable<CompletableFuture<?>> reload = () -> host.pipelines.reload("test");
        control.submit(reload).get(60, TimeUnit.SECONDS);
    }

    private static void write() throws IOException {
        host.write("bad", """
                inputs:
                  - {Type: hostile_input, Port: %d, Change: %d}
                processors:
                  - {Type: hostile_processor, Change: %d, State: %s}
                aggregators:
                  - {Type: hostile_aggregator, Change: %d}
                flushers:
                  - {Type: hostile_flusher, Change: %d, Retry: {MaxDelay: 50ms}}
                """.formatted(port, changes, changes, changes % 2 == 0, changes, changes));
    }
}
