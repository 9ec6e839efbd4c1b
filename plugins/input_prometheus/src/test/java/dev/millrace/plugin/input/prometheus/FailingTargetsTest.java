package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.testing.BareContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailingTargetsTest {
    private final List<String> told = new ArrayList<>();

    private final FailingTargets targets = new FailingTargets(new BareContext("input_prometheus") {
        @Override
        public void reportTrouble(String message) {
            told.add(message);
        }

        @Override
        public void reportRecovery() {
            told.add("over");
        }
    });

    @Test
    void theInputIsInTroubleUntilTheLastTargetIsUpAgain() {
        targets.add();
        targets.add();
        targets.add();
        targets.failed(false, "a: refused");
        targets.failed(false, "b: refused");
        targets.failed(true, "a: timeout");
        targets.mended();
        assertThat(told)
                .containsExactly(
                        "1 of 3 targets fail; the last: a: refused",
                        "2 of 3 targets fail; the last: b: refused",
                        "2 of 3 targets fail; the last: a: timeout");
        told.clear();
        targets.failed(true, "a: timeout");
        targets.mended();
        assertThat(told).containsExactly("1 of 3 targets fail; the last: a: timeout", "over");
    }

    @Test
    void aSingleTargetIsNotCounted() {
        targets.add();
        targets.failed(false, "a: refused");
        assertThat(told).containsExactly("a: refused");
    }
}
