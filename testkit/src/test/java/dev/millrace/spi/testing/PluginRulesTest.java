package dev.millrace.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.example.bad.BadExtensions;
import dev.example.bad.BadInputs;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule for inputs, processors, aggregators and extensions, broken by one that breaks no other. */
final class PluginRulesTest {
    @Test
    void aGoodOneBreaksNone() {
        assertThat(PluginRules.of(BadExtensions.GoodEncoder.class).check())
                .extracting(Violation::rule)
                .containsExactly(Rule.FOUND);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(BadInputs.GivesUp.class, Rule.RECOVERS, false),
                Arguments.of(BadInputs.AnswersEarly.class, Rule.COMMITS_FIRST, true),
                Arguments.of(BadInputs.ForgetsItsClient.class, Rule.ANSWERS, true),
                Arguments.of(BadInputs.GoesOn.class, Rule.ENDS, false),
                Arguments.of(BadInputs.StartsWithAnError.class, Rule.SAYS_WHY, false),
                Arguments.of(BadExtensions.ProcessesToNull.class, Rule.NO_NULL, false),
                Arguments.of(BadExtensions.NeedsARow.class, Rule.THROWS_AS_DECLARED, false),
                Arguments.of(BadExtensions.FlushesTwice.class, Rule.ANSWERS_ONCE, false),
                Arguments.of(BadExtensions.CountsBodies.class, Rule.SAME_BYTES, false),
                Arguments.of(BadExtensions.TakesAnyFormat.class, Rule.THROWS_AS_DECLARED, false),
                Arguments.of(BadExtensions.Overwrites.class, Rule.THROWS_AS_DECLARED, false),
                Arguments.of(BadExtensions.BelievesLengths.class, Rule.THROWS_AS_DECLARED, false),
                Arguments.of(BadExtensions.WithoutCredentials.class, Rule.THROWS_AS_DECLARED, false),
                Arguments.of(BadExtensions.DropsHeaders.class, Rule.NOT_LOST, false),
                Arguments.of(BadExtensions.TriesAgain.class, Rule.PASSES_ON_ONCE, false),
                Arguments.of(BadExtensions.EverySecond.class, Rule.SAME_BYTES, false),
                Arguments.of(BadExtensions.OneAtATime.class, Rule.THREAD_SAFE, false),
                Arguments.of(BadExtensions.Undocumented.class, Rule.DOCUMENTED, false));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadOneIsNamedByItsRule(Class<? extends PluginFactory<?, ?>> factory, Rule rule, boolean listens) {
        PluginRules rules = PluginRules.of(factory);
        List<Violation> violations =
                (listens ? rules.request("/push", HttpHeaders.EMPTY, new byte[] {1}) : rules).check();
        assertThat(violations)
                .extracting(Violation::rule)
                .filteredOn(broken -> broken != Rule.FOUND)
                .as("%s", violations)
                .contains(rule);
    }
}
