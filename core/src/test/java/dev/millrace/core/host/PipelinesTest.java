package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.core.status.PipelineReading;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelinesTest {
    @TempDir
    Path root;

    private TestHost host;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(root);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void push(String pipeline, double value) throws Exception {
        assertThat(host.plugins.push(pipeline, value).get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void anInvalidFileIsReportedAndTheRestRuns() throws Exception {
        host.write("bad", "inputs: [");
        host.write("web", "", "flusher_kept");
        assertThat(host.pipelines.ready()).isFalse();
        Report report = host.reload();
        assertThat(report.ok()).isFalse();
        assertThat(report.text())
                .contains("pipeline bad: does not run: its file has problems\npipeline web: started\n");
        assertThat(host.pipelines.ready()).isTrue();
        assertThat(host.pipelines.ready("bad")).contains(false);
        assertThat(host.pipelines.ready("web")).contains(true);
        assertThat(host.pipelines.ready("none")).isEmpty();
        host.assertState("bad", "pipeline", "failed");
        host.assertState("web", "pipeline", "ok");
        host.assertState("web", "flusher_kept", "ok");
        push("web", 1);
        host.awaitKept("web/flusher_kept", 1.0);
    }

    @Test
    void theJournalOfAPipelineWithoutAFileIsMarkedUntilThereIsOneAgain() throws Exception {
        Path journal = root.resolve("data/web");
        host.write("web", "", "flusher_kept");
        host.reload();
        push("web", 1);
        assertThat(LeftJournals.isLeft(journal)).isFalse();
        Files.delete(host.file("web"));
        host.reload();
        TestHost.await("the journal is marked", () -> LeftJournals.isLeft(journal));
        host.write("web", "", "flusher_kept");
        host.reload();
        assertThat(LeftJournals.isLeft(journal)).isFalse();
        push("web", 2);
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
    }

    /* Its file system is gone, and to look at it throws what nobody expects. */
    @Test
    void aFolderOfDataThatCannotBeLookedAtHoldsNeitherAReloadNorASocket() throws Exception {
        FileSystem gone = FileSystems.newFileSystem(root.resolve("data.zip"), Map.of("create", "true"));
        Path data = Files.createDirectory(gone.getPath("/data"));
        gone.close();
        try (TestHost without = new TestHost(root, data)) {
            Report report = without.reload();
            assertThat(report).isEqualTo(new Report(true, ""));
            without.assertSocketsAreFreed();
        }
    }

    @Test
    void anUnchangedPipelineIsNotTouched() throws Exception {
        host.write("web", "", "flusher_kept");
        host.write("more", "", "flusher_kept");
        host.reload();
        host.plugins.calls.clear();
        host.write("more", ", Tag: changed", "flusher_kept");
        assertThat(host.reload().text()).isEqualTo("pipeline more: changed\npipeline web: unchanged\n");
        assertThat(host.plugins.calls).isNotEmpty().allMatch(call -> call.startsWith("more/"));
    }

    @Test
    void whereAComponentCannotBeCreatedWhatRunsIsNotTouched() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        push("web", 1);
        host.plugins.broken.add("web/input_hand create");
        host.plugins.calls.clear();
        host.write("web", ", Tag: changed", "flusher_kept", "flusher_kept/new");
        assertThat(host.reload().text())
                .isEqualTo("pipeline web: failed: web/input_hand: the test wants create to fail\n");
        assertThat(host.plugins.calls).doesNotContain("web/input_hand stop");
        assertThat(host.cursors("web")).containsExactly("flusher_kept.cursor");
        push("web", 2);
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
        host.assertState("web", "pipeline", "failed");
        host.assertState("web", "input_hand", "ok");
    }

    @Test
    void whereAnInputCannotStartWhatRanRunsAgainAndItsListenerServes() throws Exception {
        int port = TestHost.freePort();
        host.write("web", ", Port: " + port, "flusher_kept");
        host.reload();
        assertThat(TestHost.post(port, 1)).isEqualTo(200);
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", """
                inputs:
                  - {Type: input_hand, Port: %d}
                  - {Type: input_hand/two}
                flushers:
                  - {Type: flusher_kept}
                  - {Type: flusher_kept/new}
                """.formatted(port));
        assertThat(host.reload().text()).contains("failed: web/input_hand/two: the test wants start to fail");
        assertThat(TestHost.post(port, 2)).isEqualTo(200);
        assertThat(host.pipelines.ready("web")).contains(true);
        assertThat(host.cursors("web"))
                .as("a flusher that never began holds nothing back")
                .containsExactly("flusher_kept.cursor");
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
        assertThat(host.plugins.kept("web/flusher_kept")).containsExactly(1.0, 2.0);
    }

    /* The old delivery is at work until the new generation takes over: it must not drop by the limits of that. */
    @Test
    void theLimitsOfAStateThatIsRolledBackAreNeverInForce() throws Exception {
        host.plugins.away.add("web/flusher_kept");
        host.write("web", "", "flusher_kept");
        host.reload();
        for (int value = 1; value <= 100; value++) {
            push("web", value);
        }
        host.plugins.hold("web/input_hand/two start");
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", """
                inputs:
                  - {Type: input_hand}
                  - {Type: input_hand/two}
                flushers:
                  - {Type: flusher_kept, MaxBytes: 2KiB, WhenFull: drop_oldest}
                """);
        Future<Report> reloading = host.pipelines.reload("test");
        TestHost.await("the new input starts", () -> host.plugins.calls.contains("web/input_hand/two start"));
        assertThat(host.page())
                .contains("millrace_flusher_max_bytes{component=\"flusher_kept\",pipeline=\"web\"}")
                .doesNotContain("millrace_flusher_max_bytes{component=\"flusher_kept\",pipeline=\"web\"} 2048.0");
        host.plugins.release();
        assertThat(reloading.get(60, TimeUnit.SECONDS).text()).contains("failed: web/input_hand/two");
        host.plugins.away.clear();
        host.awaitKept(
                "web/flusher_kept",
                IntStream.rangeClosed(1, 100).asDoubleStream().boxed().toArray(Double[]::new));
    }

    @Test
    void whatWasAcknowledgedBeforeAFirstStartFailedIsDeliveredByTheNext() throws Exception {
        host.plugins.hold("web/input_hand/two start");
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", """
                inputs:
                  - {Type: input_hand}
                  - {Type: input_hand/two}
                flushers:
                  - {Type: flusher_kept}
                """);
        Future<Report> reloading = host.pipelines.reload("test");
        TestHost.await("the first input runs", () -> host.plugins.calls.contains("web/input_hand/two start"));
        push("web", 1);
        host.plugins.release();
        assertThat(reloading.get(60, TimeUnit.SECONDS).text()).contains("failed: web/input_hand/two");
        host.plugins.broken.clear();
        host.reload();
        push("web", 2);
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
    }

    @Test
    void aStartThatFailsIsTriedAgainWithBackoff() throws Exception {
        host.stopClock();
        host.plugins.broken.add("web/input_hand start");
        host.write("web", "", "flusher_kept");
        host.reload();
        assertThat(host.pipelines.ready()).isTrue();
        assertThat(host.pipelines.ready("web")).contains(false);
        host.assertState("web", "input_hand", "failed");
        host.plugins.calls.clear();
        host.pipelines.lookAfter();
        assertThat(host.plugins.calls).as("not before its time").isEmpty();
        long second = nextAttempt("web");
        host.pass(Duration.ofSeconds(1));
        host.pipelines.lookAfter();
        TestHost.await("a second attempt has failed", () -> nextAttempt("web") == second + 2_000);
        host.plugins.broken.clear();
        host.pass(Duration.ofSeconds(2));
        TestHost.await("a third attempt", () -> {
            host.pipelines.lookAfter();
            return host.pipelines.ready("web").orElse(false);
        });
        host.assertState("web", "pipeline", "ok");
    }

    private long nextAttempt(String pipeline) {
        return host.pipelines.readings().stream()
                .filter(reading -> reading.name().equals(pipeline))
                .findFirst()
                .orElseThrow()
                .nextAttempt()
                .orElseThrow();
    }

    @Test
    void whereAComponentFailsTheOthersWaitForIt() throws Exception {
        host.plugins.broken.add("web/service_hand create");
        host.write("web", """
                inputs: [{Type: service_hand}]
                flushers: [{Type: flusher_kept}]
                """);
        host.reload();
        assertThat(host.pipelines.readings())
                .flatExtracting(PipelineReading::components)
                .extracting(ComponentReading::id, ComponentReading::kind, ComponentReading::state)
                .containsExactly(
                        tuple("service_hand", ComponentReading.Kind.INPUT, ComponentState.FAILED),
                        tuple("flusher_kept", ComponentReading.Kind.FLUSHER, ComponentState.STARTING));
    }

    @Test
    void aChangeThatHangsDoesNotHoldUpANeighbour() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        host.plugins.hold("slow/input_hand start");
        host.write("slow", "", "flusher_kept");
        var first = host.pipelines.reload("test");
        host.write("web", ", Tag: changed", "flusher_kept");
        host.plugins.calls.clear();
        var second = host.pipelines.reload("test");
        TestHost.await("the neighbour changes", () -> host.plugins.calls.contains("web/input_hand start"));
        assertThat(first).isNotDone();
        host.plugins.release();
        assertThat(second.get(30, TimeUnit.SECONDS).ok()).isTrue();
    }

    @Test
    void changedGlobalSettingsReopenTheJournalAndLoseNothing() throws Exception {
        int port = TestHost.freePort();
        host.plugins.away.add("web/flusher_kept");
        host.write("web", ", Port: " + port, "flusher_kept");
        host.reload();
        assertThat(TestHost.post(port, 1)).isEqualTo(200);
        host.write("web", "global: {Durability: write}\n" + Files.readString(host.file("web")));
        assertThat(host.reload().text()).isEqualTo("pipeline web: changed\n");
        assertThat(TestHost.post(port, 2)).isEqualTo(200);
        host.plugins.away.clear();
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
    }

    @Test
    void changedGlobalSettingsAreRolledBackWithTheRest() throws Exception {
        host.plugins.away.add("web/flusher_kept");
        host.write("web", "", "flusher_kept");
        host.reload();
        push("web", 1);
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", """
                global: {Durability: write}
                inputs:
                  - {Type: input_hand/two}
                flushers:
                  - {Type: flusher_kept}
                """);
        assertThat(host.reload().ok()).isFalse();
        push("web", 2);
        host.plugins.away.clear();
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
    }

    @Test
    void aRemovedFileAndADisabledOneStopTheirPipelineAndKeepItsJournal() throws Exception {
        host.plugins.away.add("web/flusher_kept");
        host.write("web", "", "flusher_kept");
        host.reload();
        push("web", 1);
        String text = Files.readString(host.file("web"));
        host.write("web", "enable: false\n" + text);
        assertThat(host.reload().text()).isEqualTo("pipeline web: stopped: enable: false\n");
        assertThat(host.pipelines.ready("web")).isEmpty();
        assertThat(host.page()).doesNotContain("pipeline=\"web\"");
        host.write("web", text);
        host.reload();
        push("web", 2);
        Files.delete(host.file("web"));
        assertThat(host.reload().text()).isEqualTo("pipeline web: stopped: its file is gone\n");
        host.plugins.away.clear();
        host.write("web", text);
        host.reload();
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
    }

    @Test
    void aFlusherThatIsGoneLeavesWhatItHasNotDeliveredAndTakesItBack() throws Exception {
        host.plugins.away.add("web/flusher_kept/late");
        host.write("web", "", "flusher_kept", "flusher_kept/done", "flusher_kept/late");
        host.reload();
        push("web", 1);
        host.awaitKept("web/flusher_kept/done", 1.0);
        host.write("web", "", "flusher_kept");
        assertThat(host.reload().ok()).isTrue();
        assertThat(host.cursors("web")).containsExactly("flusher_kept.cursor");
        host.plugins.away.clear();
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        host.awaitKept("web/flusher_kept/late", 1.0);
    }

    /* All that waits for the flusher counts: what it left, and what came since it is back. */
    @Test
    void theTotalsOfAFlusherThatIsBackGoOnWhereTheyWere() throws Exception {
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        pushAll(1, 3);
        host.awaitKept("web/flusher_kept/late", 1.0, 2.0, 3.0);
        host.plugins.away.add("web/flusher_kept/late");
        pushAll(4, 20);
        host.write("web", "", "flusher_kept");
        host.reload();
        pushAll(21, 30);
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        pushAll(31, 40);
        assertThat(late("appended")).isEqualTo(30);
        assertThat(late("delivered")).isEqualTo(3);
        assertThat(late("backlog")).isEqualTo(27);
        host.plugins.away.clear();
        double delivered = 3;
        for (long end = System.nanoTime() + 30_000_000_000L; delivered < 30; ) {
            assertThat(System.nanoTime() - end).isNegative();
            host.pipelines.lookAfter();
            String page = host.page();
            assertThat(late(page, "appended")).isEqualTo(30);
            assertThat(late(page, "delivered") + late(page, "backlog")).isEqualTo(30);
            assertThat(late(page, "delivered")).isGreaterThanOrEqualTo(delivered);
            delivered = late(page, "delivered");
        }
        host.close();
        host = new TestHost(root);
        host.reload();
        await("the totals are there again", () -> late("delivered") == 30);
        assertThat(late("appended")).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaxBytes: 2KiB", "MaxAge: 1s"})
    void whatAFlusherLeftCountsForItsLimitWhereItRefuses(String limit) throws Exception {
        leave(100);
        host.write("web", "", "flusher_kept", "flusher_kept/late, " + limit);
        assertThat(host.reload().text()).doesNotContain("failed");
        await("it refuses", () -> refused(101));
        host.plugins.away.clear();
        host.awaitKept("web/flusher_kept/late", 1.0, 100.0);
        await("it takes more", () -> !refused(102));
        await("that is delivered too", () -> lateKept().contains(102.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaxBytes: 2KiB", "MaxAge: 2s"})
    void whatAFlusherLeftIsTheFirstThatIsDroppedAtItsLimit(String limit) throws Exception {
        leave(100);
        host.write("web", "", "flusher_kept", "flusher_kept/late, WhenFull: drop_oldest, " + limit);
        assertThat(host.reload().text()).doesNotContain("failed");
        pushAll(101, 200);
        await("all that it left is dropped, and more", () -> late("dropped") > 100);
        assertThat(late("appended")).isEqualTo(200);
        assertThat(late("backlog") + late("dropped")).isEqualTo(200);
        host.plugins.away.clear();
        AtomicInteger last = new AtomicInteger(200);
        AtomicLong next = new AtomicLong(System.nanoTime());
        await("what comes now arrives", () -> {
            if (System.nanoTime() >= next.get()) { // a request waits a second for others, and the limit is small
                next.set(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
                host.plugins.push("web", last.incrementAndGet()).join();
            }
            return !lateKept().isEmpty();
        });
        await("nothing waits", () -> late("backlog") == 0);
        assertThat(late("dropped") + late("delivered")).isEqualTo(last.get());
        assertThat(late("delivered")).isEqualTo(lateKept().size());
        assertThat(lateKept()).isSorted().allMatch(value -> value > 100);
    }

    private void leave(int values) throws Exception {
        host.plugins.away.add("web/flusher_kept/late");
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        pushAll(1, values);
        host.write("web", "", "flusher_kept");
        host.reload();
    }

    private void pushAll(int first, int last) throws Exception {
        for (int value = first; value <= last; value++) {
            push("web", value);
        }
    }

    private List<Double> lateKept() {
        return host.plugins.kept("web/flusher_kept/late");
    }

    private void await(String what, BooleanSupplier condition) {
        TestHost.await(what, () -> {
            host.pipelines.lookAfter();
            return condition.getAsBoolean();
        });
    }

    private boolean refused(double value) {
        String refusal = host.plugins.push("web", value).join();
        assertThat(refusal).isIn("", "FLUSHER_FULL");
        return !refusal.isEmpty();
    }

    private double late(String total) {
        try {
            return late(host.page(), total);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /* Of the flusher "late", all reasons together. */
    private static double late(String page, String total) {
        return page.lines()
                .filter(line -> line.startsWith("millrace_flusher_" + total + "_items")
                        && line.contains("component=\"flusher_kept/late\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void whatAFlusherLeavesIsSetAsideLaterWhereThatFailsAtFirst() throws Exception {
        host.plugins.away.add("web/flusher_kept/late");
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        push("web", 1);
        Path inTheWay = Files.createFile(root.resolve("data/web/orphaned"));
        host.write("web", "", "flusher_kept");
        assertThat(host.reload().ok()).isTrue();
        assertThat(host.cursors("web")).hasSize(2);
        Files.delete(inTheWay);
        host.pass(Duration.ofMinutes(1));
        host.pipelines.lookAfter();
        TestHost.await("it is set aside", () -> Files.exists(inTheWay.resolve("flusher_kept%2Flate.1")));
        host.plugins.away.clear();
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        host.awaitKept("web/flusher_kept/late", 1.0);
    }

    @Test
    void twoPipelinesAtOnePathAreNamed() throws Exception {
        int port = TestHost.freePort();
        host.write("a", ", Port: " + port, "flusher_kept");
        host.reload();
        host.write("b", ", Port: " + port, "flusher_kept");
        assertThat(host.reload().text())
                .contains("pipeline b: failed: b/input_hand: ")
                .contains("path /push is served by a/input_hand already");
        assertThat(TestHost.post(port, 1)).isEqualTo(200);
        host.awaitKept("a/flusher_kept", 1.0);
    }

    @Test
    void aRenamedPipelineKeepsItsSocketOpen() throws Exception {
        int port = TestHost.freePort();
        host.write("old", ", Port: " + port, "flusher_kept");
        host.reload();
        assertThat(TestHost.post(port, 1)).isEqualTo(200);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Set<Integer>> client = CompletableFuture.supplyAsync(() -> {
            Set<Integer> answers = new HashSet<>();
            for (int i = 2; !ended.get(); i++) {
                answers.add(postUnlessRefused(port, i));
            }
            return answers;
        });
        for (int i = 0; i < 10; i++) {
            Files.move(host.file("old"), host.file("new"));
            assertThat(host.reload().text())
                    .isEqualTo("pipeline new: started\npipeline old: stopped: its file is gone\n");
            Files.move(host.file("new"), host.file("old"));
            assertThat(host.reload().text())
                    .isEqualTo("pipeline new: stopped: its file is gone\npipeline old: started\n");
        }
        ended.set(true);
        assertThat(client.get(30, TimeUnit.SECONDS)).containsExactly(200);
    }

    private static int postUnlessRefused(int port, double value) {
        try {
            return TestHost.post(port, value);
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void aDeliveryThatEndedByItselfBeginsAnew() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        host.plugins.away.add("web/flusher_kept");
        host.failADelivery();
        push("web", 1);
        TestHost.await("the delivery's end is seen", () -> {
            host.pipelines.lookAfter();
            return page().contains("component=\"flusher_kept\",pipeline=\"web\",state=\"failed\"} 1.0");
        });
        host.plugins.away.clear();
        TestHost.await("it begins anew", () -> {
            host.pass(Duration.ofSeconds(2));
            host.pipelines.lookAfter();
            return host.plugins.kept("web/flusher_kept").contains(1.0);
        });
        host.assertState("web", "flusher_kept", "ok");
    }

    private String page() {
        try {
            return host.page();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aComponentThatFailsInStopDoesNotKeepItsSuccessorFromRunning() throws Exception {
        host.plugins.broken.add("web/input_hand stop");
        host.plugins.broken.add("web/flusher_kept stop");
        host.write("web", "", "flusher_kept");
        host.reload();
        push("web", 1);
        host.write("web", ", Tag: changed", "flusher_kept");
        assertThat(host.reload().text()).isEqualTo("pipeline web: changed\n");
        push("web", 2);
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
        Files.delete(host.file("web"));
        assertThat(host.reload().ok()).isTrue();
        assertThat(host.plugins.calls).containsSubsequence("web/input_hand stop", "web/flusher_kept stop");
    }

    @Test
    void everyPageAccountsForWhatWasReceived() throws Exception {
        host.write("web", "", "flusher_kept");
        host.reload();
        for (int i = 0; i < 300; i++) {
            host.plugins.push("web", i);
            if (i % 10 == 0) {
                InputEquation.holds(page());
            }
        }
        push("web", 300);
        host.awaitKept("web/flusher_kept", 300.0);
        InputEquation.holds(page());
        assertThat(InputEquation.sum(page(), "millrace_input_received_items_total"))
                .isEqualTo(301);
    }
}
