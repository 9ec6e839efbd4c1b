package dev.millrace.plugin.lib.prometheus.relabel;

import static dev.millrace.plugin.lib.prometheus.relabel.RelabelRules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.config.InvalidOptionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RelabelConfigTest {
    private record Refused(String component, String message, String... options) {
        @Override
        public String toString() {
            return String.join(" ", options);
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("targetLabel", "'' (expected: a label name for the action replace)", "source_labels=a"),
                new Refused(
                        "targetLabel",
                        "'' (expected: a label name for the action hashmod)",
                        "action=hashmod",
                        "modulus=2"),
                new Refused("targetLabel", "'' (expected: a label name for the action lowercase)", "action=lowercase"),
                new Refused("targetLabel", "'' (expected: a label name for the action uppercase)", "action=uppercase"),
                new Refused("targetLabel", "'' (expected: a label name for the action keepequal)", "action=keepequal"),
                new Refused("targetLabel", "'' (expected: a label name for the action dropequal)", "action=dropequal"),
                new Refused("modulus", "0 (expected: > 0 for the action hashmod)", "action=hashmod", "target_label=b"),
                new Refused("modulus", "-1 (expected: >= 0)", "target_label=b", "modulus=-1"),
                new Refused(
                        "regex",
                        "'f(oo': missing closing ) (expected: an RE2 expression)",
                        "target_label=b",
                        "regex=f(oo"),
                new Refused(
                        "regex",
                        "'(?=x)': invalid or unsupported Perl syntax (expected: an RE2 expression)",
                        "target_label=b",
                        "regex=(?=x)"),
                new Refused(
                        "replacement",
                        "'x' (expected: absent for the action lowercase)",
                        "action=lowercase",
                        "target_label=b",
                        "replacement=x"),
                new Refused(
                        "replacement",
                        "'x' (expected: absent for the action uppercase)",
                        "action=uppercase",
                        "target_label=b",
                        "replacement=x"),
                new Refused(
                        "replacement",
                        "'' (expected: a label name for the action labelmap, such as $1)",
                        "action=labelmap",
                        "replacement="),
                only("regex", "x", "keepequal"),
                only("modulus", "8", "dropequal"),
                only("separator", "-", "keepequal"),
                only("replacement", "x", "dropequal"),
                new Refused(
                        "sourceLabels",
                        "'a, b' (expected: absent for the action labeldrop, which has only regex)",
                        "action=labeldrop",
                        "source_labels=a,b"),
                new Refused(
                        "targetLabel",
                        "'a' (expected: absent for the action labelkeep, which has only regex)",
                        "action=labelkeep",
                        "target_label=a"),
                new Refused(
                        "modulus",
                        "8 (expected: absent for the action labelkeep, which has only regex)".replace("8", "'8'"),
                        "action=labelkeep",
                        "modulus=8"),
                new Refused(
                        "separator",
                        "'-' (expected: absent for the action labeldrop, which has only regex)",
                        "action=labeldrop",
                        "separator=-"),
                new Refused(
                        "replacement",
                        "'x' (expected: absent for the action labeldrop, which has only regex)",
                        "action=labeldrop",
                        "replacement=x"));
    }

    private static Refused only(String component, String value, String action) {
        String message = "'" + value + "' (expected: absent for the action " + action
                + ", which has only source_labels and target_label)";
        return new Refused(component, message, "action=" + action, "target_label=a", component + "=" + value);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused refused) {
        InvalidOptionException exception =
                catchThrowableOfType(InvalidOptionException.class, () -> rule(refused.options()));

        assertThat(exception).hasMessage(refused.message());
        assertThat(exception.component()).isEqualTo(refused.component());
    }
}
