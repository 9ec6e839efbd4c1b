package dev.millrace.core.status;

import static dev.millrace.core.status.Readings.at;
import static dev.millrace.core.status.Readings.flusher;
import static dev.millrace.core.status.Readings.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthBookTest {
    private final HealthBook book = new HealthBook();

    private static ComponentReading input(ComponentState state, double errorAt) {
        return new ComponentReading.Input(
                "input_some",
                state,
                0,
                0,
                Map.of(),
                0,
                errorAt < 0
                        ? Optional.empty()
                        : Optional.of(new Incident(Readings.START + (long) (errorAt * 1000), "refused")));
    }

    private ComponentHealth health(double seconds, ComponentReading component) {
        List<ComponentHealth> all = book.note(at(seconds, running("web", component)));
        assertThat(all).hasSize(2);
        assertThat(all.get(0).component()).isEqualTo("pipeline");
        return all.get(1);
    }

    private void assertState(ComponentState state, long since, long seconds, ComponentHealth health) {
        assertThat(health.state()).isEqualTo(state);
        assertThat(health.since()).isEqualTo(Readings.START + since * 1000);
        assertThat(health.seconds()).isEqualTo(seconds);
    }

    @Test
    void anInputIsDegradedForAWhileAfterAnError() {
        assertState(ComponentState.STARTING, 1, 0, health(1, input(ComponentState.STARTING, -1)));
        assertState(ComponentState.OK, 3, 0, health(3, input(ComponentState.OK, -1)));
        assertState(ComponentState.OK, 3, 7, health(10, input(ComponentState.OK, -1)));
        ComponentHealth degraded = health(12, input(ComponentState.OK, 11));
        assertState(ComponentState.DEGRADED, 12, 0, degraded);
        assertThat(degraded.reason()).contains("refused");
        assertState(ComponentState.DEGRADED, 12, 89, health(101, input(ComponentState.OK, 11)));
        assertState(ComponentState.OK, 102, 0, health(102, input(ComponentState.OK, 11)));
    }

    @Test
    void aFlusherIsDegradedWhileWhatItCouldNotDeliverWaits() {
        assertState(ComponentState.OK, 20, 0, health(20, flusher("f").reading()));
        assertState(
                ComponentState.OK,
                20,
                5,
                health(25, flusher("f").waiting(100, 20).error(24, "503").reading()));
        ComponentHealth degraded =
                health(31, flusher("f").waiting(100, 20).error(30, "503").reading());
        assertState(ComponentState.DEGRADED, 31, 0, degraded);
        assertThat(degraded.reason()).contains("503");
        assertState(
                ComponentState.OK,
                50,
                0,
                health(50, flusher("f").waiting(100, 32).error(30, "503").reading()));
    }

    @Test
    void aFlusherAtItsLimitIsDegraded() {
        ComponentHealth full =
                health(1, flusher("f").waiting(960, 0).atMost(1000).reading());
        assertThat(full.state()).isEqualTo(ComponentState.DEGRADED);
        assertThat(full.reason().orElseThrow()).contains("inputs are refused");
    }

    @Test
    void whatIsHeldOrFailedSaysWhy() {
        ComponentHealth held =
                health(60, flusher("f").held(50, "the answer is 401").reading());
        assertState(ComponentState.HELD, 60, 0, held);
        assertThat(held.line()).isEqualTo("web/f: held for 0 s: the answer is 401");
        assertThat(health(61, input(ComponentState.FAILED, 1)).reason()).contains("refused");
        assertThat(health(62, input(ComponentState.STOPPING, 1)).state()).isEqualTo(ComponentState.STOPPING);
    }

    @Test
    void aPipelineThatDoesNotRunSaysWhyAndOneThatIsDisabledIsLeftOut() {
        List<ComponentHealth> all = book.note(at(
                1,
                PipelineReading.of("bad", "bad.yaml", PipelineReading.State.INVALID, List.of("inputs: missing")),
                PipelineReading.of("off", "off.yaml", PipelineReading.State.DISABLED, List.of())));
        assertThat(all).singleElement().satisfies(bad -> {
            assertThat(bad.state()).isEqualTo(ComponentState.FAILED);
            assertThat(bad.reason()).contains("inputs: missing");
        });
    }
}
