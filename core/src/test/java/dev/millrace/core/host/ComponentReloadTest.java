package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a pipeline's file touches only the components that it changes. */
final class ComponentReloadTest {
    private static final String ONE_FLUSHER = "flushers:\n  - {Type: flusher_kept}\n";
    private static final String ONE_INPUT = "inputs:\n  - {Type: input_hand}\n";

    @TempDir
    Path root;

    private TestHost host;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(root);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void anAddedProcessorLeavesTheInputAndTheFlusher() throws Exception {
        runs(ONE_INPUT + ONE_FLUSHER);
        push(1);
        change(ONE_INPUT + "processors:\n  - {Type: processor_add, Number: 10}\n" + ONE_FLUSHER);
        assertThat(host.plugins.calls).containsExactly("web/processor_add create");
        push(2);
        host.awaitKept("web/flusher_kept", 1.0, 12.0);

        change(ONE_INPUT + "processors:\n  - {Type: processor_add, Number: 20}\n" + ONE_FLUSHER);
        assertThat(host.plugins.calls).containsExactly("web/processor_add create", "web/processor_add stop");
        push(3);
        host.awaitKept("web/flusher_kept", 1.0, 12.0, 23.0);

        change(ONE_INPUT + ONE_FLUSHER);
        assertThat(host.plugins.calls).containsExactly("web/processor_add stop");
        push(4);
        host.awaitKept("web/flusher_kept", 1.0, 12.0, 23.0, 4.0);
    }

    @Test
    void aChangedFlusherLeavesTheOthersAndItsCursor() throws Exception {
        runs(ONE_INPUT + "flushers:\n  - {Type: flusher_kept}\n  - {Type: flusher_kept/two}\n");
        host.plugins.away.add("web/flusher_kept/two");
        push(1);
        host.awaitKept("web/flusher_kept", 1.0);
        change(ONE_INPUT + ONE_FLUSHER + "  - {Type: flusher_kept/two, Tag: changed}\n");
        assertThat(host.plugins.calls).containsExactly("web/flusher_kept/two create", "web/flusher_kept/two stop");
        host.plugins.away.clear();
        host.awaitKept("web/flusher_kept/two", 1.0);
    }

    @Test
    void aChangedLimitOfAFlusherBeginsItsDeliveryAnewAndNothingElse() throws Exception {
        runs(ONE_INPUT + ONE_FLUSHER);
        push(1);
        change(ONE_INPUT + "flushers:\n  - {Type: flusher_kept, MaxBytes: 1MiB}\n");
        push(2);
        host.awaitKept("web/flusher_kept", 1.0, 2.0);
        assertThat(host.plugins.kept("web/flusher_kept")).containsExactly(1.0, 2.0);
        assertThat(host.plugins.calls).noneMatch(call -> call.startsWith("web/input_hand"));
    }

    @Test
    void anAggregatorThatIsKeptHoldsOnAndOneThatGoesPassesOnWhatItHolds() throws Exception {
        String holding = ONE_INPUT + "aggregators:\n  - {Type: aggregator_hold}\n";
        runs(holding + ONE_FLUSHER);
        var first = host.plugins.push("web", 1);
        change(holding + "processors:\n  - {Type: processor_add, Number: 10}\n" + ONE_FLUSHER);
        assertThat(host.plugins.calls).containsExactly("web/processor_add create");
        assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();
        var second = host.plugins.push("web", 2);
        change(ONE_INPUT + ONE_FLUSHER);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
        push(3);
        host.awaitKept("web/flusher_kept", 1.0, 12.0, 3.0);
        assertThat(host.plugins.kept("web/flusher_kept")).containsExactly(1.0, 12.0, 3.0);
    }

    @Test
    void whereANewInputCannotStartTheOthersGoOnTheirOldWay() throws Exception {
        runs(ONE_INPUT + "processors:\n  - {Type: processor_add, Number: 10}\n" + ONE_FLUSHER);
        push(1);
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", """
                inputs:
                  - {Type: input_hand}
                  - {Type: input_hand/two}
                processors:
                  - {Type: processor_add, Number: 20}
                flushers:
                  - {Type: flusher_kept}
                  - {Type: flusher_kept/new}
                """);
        host.plugins.calls.clear();
        assertThat(host.reload().text()).contains("failed: web/input_hand/two: the test wants start to fail");
        assertThat(host.plugins.calls).doesNotContain("web/input_hand stop", "web/flusher_kept stop");
        push(2);
        host.awaitKept("web/flusher_kept", 11.0, 12.0);
        assertThat(host.cursors("web")).containsExactly("flusher_kept.cursor");
    }

    @Test
    void whatAnInputLeftIsThereAgainWhereItsSuccessorOrAnotherOneCannotStart() throws Exception {
        runs(ONE_INPUT + "  - {Type: input_hand/two}\n" + ONE_FLUSHER);
        change("inputs:\n  - {Type: input_hand, Tag: 1}\n  - {Type: input_hand/two, Tag: 1}\n" + ONE_FLUSHER);
        assertThat(host.plugins.inherited).containsEntry("web/input_hand", 1).containsEntry("web/input_hand/two", 1);

        host.plugins.broken.add("web/input_hand/two start");
        host.write(
                "web", "inputs:\n  - {Type: input_hand, Tag: 2}\n  - {Type: input_hand/two, Tag: 2}\n" + ONE_FLUSHER);
        assertThat(host.reload().text()).contains("failed: web/input_hand/two: the test wants start to fail");
        assertThat(host.pipelines.ready("web"))
                .as("what ran could not start again either")
                .contains(false);

        host.plugins.broken.clear();
        host.pass(Duration.ofSeconds(5));
        TestHost.await("it is tried again", () -> {
            host.pipelines.lookAfter();
            return host.pipelines.ready("web").orElse(false);
        });
        assertThat(host.plugins.inherited.get("web/input_hand/two"))
                .as("left by the only one that worked")
                .isEqualTo(2);
        assertThat(host.plugins.inherited.get("web/input_hand"))
                .as("left by the last one that worked")
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void whatIsRolledBackFindsWhatItLeft() throws Exception {
        runs(ONE_INPUT + ONE_FLUSHER);
        host.plugins.broken.add("web/input_hand/two start");
        host.write("web", "inputs:\n  - {Type: input_hand, Tag: changed}\n  - {Type: input_hand/two}\n" + ONE_FLUSHER);
        assertThat(host.reload().text()).contains("failed: web/input_hand/two");
        assertThat(host.plugins.inherited).containsEntry("web/input_hand", 2);
        assertThat(host.pipelines.ready("web")).contains(true);
        push(1);
        host.awaitKept("web/flusher_kept", 1.0);
    }

    @Test
    void aChangedInputIsReplacedAndTheRestStays() throws Exception {
        runs(ONE_INPUT + "processors:\n  - {Type: processor_add, Number: 10}\n" + ONE_FLUSHER);
        push(1);
        change("inputs:\n  - {Type: input_hand, Tag: changed}\nprocessors:\n  - {Type: processor_add, Number: 10}\n"
                + ONE_FLUSHER);
        assertThat(host.plugins.calls)
                .containsExactly("web/input_hand create", "web/input_hand stop", "web/input_hand start");
        push(2);
        host.awaitKept("web/flusher_kept", 11.0, 12.0);
    }

    @Test
    void aComponentThatFailedIsMadeAnewAtTheNextChange() throws Exception {
        runs(ONE_INPUT + "processors:\n  - {Type: processor_add}\n" + ONE_FLUSHER);
        host.plugins.broken.add("web/processor_add stop");
        change(ONE_INPUT + ONE_FLUSHER);
        change(ONE_INPUT + "processors:\n  - {Type: processor_add}\n" + ONE_FLUSHER);
        assertThat(host.plugins.calls).containsExactly("web/processor_add create");
    }

    @Test
    void aFileThatIsTakenAtAnyPointOfASaveLosesNothing() throws Exception {
        String before = ONE_INPUT + ONE_FLUSHER + "  - {Type: flusher_kept/two}\n";
        String after = ONE_INPUT + "processors:\n  - {Type: processor_add, Number: 0}\n" + ONE_FLUSHER
                + "  - {Type: flusher_kept/two, Tag: changed}\n";
        host.plugins.away.add("web/flusher_kept/two");
        runs(before);
        int pushes = 0;
        for (int end = 0; end <= after.length(); end += 7) {
            host.write("web", after.substring(0, end));
            host.reload();
            assertThat(host.pipelines.ready("web")).as(after.substring(0, end)).contains(true);
            push(++pushes);
            host.write("web", end % 2 == 0 ? before : after);
            assertThat(host.reload().ok()).isTrue();
            push(++pushes);
        }
        host.plugins.away.clear();
        Double[] all = DoubleStream.iterate(1, value -> value + 1)
                .limit(pushes)
                .boxed()
                .toArray(Double[]::new);
        host.awaitKept("web/flusher_kept", all);
        host.awaitKept("web/flusher_kept/two", all);
        assertThat(host.plugins.kept("web/flusher_kept")).containsExactly(all);
        assertThat(host.plugins.kept("web/flusher_kept/two")).containsExactly(all);
    }

    @Test
    void manyChangesUnderLoadLoseAndReorderNothing() throws Exception {
        runs(ONE_INPUT + ONE_FLUSHER);
        Thread load = new Thread(() -> {
            for (int i = 1; i <= 2_000; i++) {
                assertThat(host.plugins.push("web", i).join()).isEmpty();
            }
        });
        load.start();
        int changes = 0;
        while (load.isAlive()) {
            String processor = changes++ % 2 == 0 ? "processors:\n  - {Type: processor_add, Number: 0}\n" : "";
            change(ONE_INPUT + processor + ONE_FLUSHER);
        }
        assertThat(changes).isPositive();
        double[] all = DoubleStream.iterate(1, value -> value + 1).limit(2_000).toArray();
        host.awaitKept("web/flusher_kept", DoubleStream.of(all).boxed().toArray(Double[]::new));
        assertThat(host.plugins.kept("web/flusher_kept"))
                .isEqualTo(DoubleStream.of(all).boxed().toList());
        assertThat(host.plugins.calls).allMatch(call -> call.startsWith("web/processor_add"));
    }

    private void runs(String file) throws Exception {
        host.write("web", file);
        assertThat(host.reload().text()).isEqualTo("pipeline web: started\n");
        host.plugins.calls.clear();
    }

    private void change(String file) throws Exception {
        host.write("web", file);
        host.plugins.calls.clear();
        assertThat(host.reload().text()).isEqualTo("pipeline web: changed\n");
    }

    private void push(double value) throws Exception {
        assertThat(host.plugins.push("web", value).get(10, TimeUnit.SECONDS)).isEmpty();
    }
}
