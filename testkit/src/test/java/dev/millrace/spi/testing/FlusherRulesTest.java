package dev.millrace.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.example.bad.BadFlushers;
import dev.example.bad.FlusherFactory;
import dev.millrace.spi.PluginFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule for a flusher, broken by one that breaks no other. */
@Execution(ExecutionMode.CONCURRENT) // most of the time passes with waiting for what never comes
final class FlusherRulesTest {
    @Test
    void aGoodOneBreaksNone() {
        assertThat(PluginRules.of(FlusherFactory.class).check()).isEmpty();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(BadFlushers.CreatesNull.class, Rule.CREATED),
                Arguments.of(BadFlushers.Renamed.class, Rule.NAMED),
                Arguments.of(BadFlushers.SendsInCreate.class, Rule.WORKS_AFTER_CREATE),
                Arguments.of(BadFlushers.FailsSilently.class, Rule.SAYS_WHY),
                Arguments.of(BadFlushers.ReturnsNull.class, Rule.NO_NULL),
                Arguments.of(BadFlushers.NullOutcome.class, Rule.NO_NULL),
                Arguments.of(BadFlushers.OnlyMetrics.class, Rule.THROWS_AS_DECLARED),
                Arguments.of(BadFlushers.NeverAnswers.class, Rule.ANSWERS),
                Arguments.of(BadFlushers.AnswersTwice.class, Rule.ANSWERS_ONCE),
                Arguments.of(BadFlushers.Miscounts.class, Rule.COUNTS),
                Arguments.of(BadFlushers.DoesNotWaitForTheRecord.class, Rule.RECORDS_FIRST),
                Arguments.of(BadFlushers.OtherBytes.class, Rule.SAME_BYTES),
                Arguments.of(BadFlushers.Loses.class, Rule.NOT_LOST),
                Arguments.of(BadFlushers.GivesUp.class, Rule.RECOVERS),
                Arguments.of(BadFlushers.Waits.class, Rule.RETURNS_SOON),
                Arguments.of(BadFlushers.StopThrows.class, Rule.STOPS_QUIETLY),
                Arguments.of(BadFlushers.SharesABuffer.class, Rule.THROWS_AS_DECLARED),
                Arguments.of(BadFlushers.FailsBesideAnother.class, Rule.THREAD_SAFE),
                Arguments.of(BadFlushers.OwnThread.class, Rule.NO_THREADS),
                Arguments.of(BadFlushers.OwnTimer.class, Rule.NO_THREADS),
                Arguments.of(BadFlushers.LeavesAThreadLocal.class, Rule.LEAVES_NOTHING),
                Arguments.of(BadFlushers.LeavesAShutdownHook.class, Rule.LEAVES_NOTHING),
                Arguments.of(BadFlushers.LeavesABean.class, Rule.LEAVES_NOTHING));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadOneIsNamedByItsRule(Class<? extends PluginFactory<?, ?>> factory, Rule rule) {
        List<Violation> violations =
                PluginRules.of(factory).deadline(Duration.ofSeconds(2)).check();
        assertThat(violations)
                .extracting(Violation::rule)
                .filteredOn(broken -> broken != Rule.FOUND)
                .as("%s", violations)
                .isNotEmpty()
                .containsOnly(rule);
    }

    @Test
    void verifySaysWhatIsWrong() {
        assertThatThrownBy(() -> PluginRules.of(BadFlushers.StopThrows.class).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BadFlushers$StopThrows breaks rules of the SPI:\n")
                .hasMessageContaining("  STOPS_QUIETLY (stop throws nothing, whatever happened before): stop threw"
                        + " java.lang.IllegalStateException: not started, while never used")
                .hasMessageContaining("FOUND (META-INF/services/dev.millrace.spi.PluginFactory names the factory)");
    }
}
