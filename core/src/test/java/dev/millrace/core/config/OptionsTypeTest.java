package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionsTypeTest {
    record Documented(
            @Doc("How many.") @Default("3") int maxCount,
            @Key(value = "url", aliases = "uri") String address) {}

    record Chosen(
            @Choices({"1.0", "2.0"}) String version,
            @Choices({"a", "b"}) List<String> letters,
            @Choices("only") Optional<String> word) {}

    record BadChoices(@Choices("1") int number) {}

    record Unsupported(List<Instant> when) {}

    record Recursive(List<Recursive> children) {}

    record BadDefault(@Default("3 sec") java.time.Duration pause) {}

    record Twice(String name, @Key("Name") String other) {}

    record InlineText(@Inline String text) {}

    record Clash(@Inline Documented inner, int maxCount) {}

    record Numbered(Map<Integer, String> names) {}

    @Test
    void describesKeysDefaultsAndDocumentation() {
        List<Option> options = OptionsType.of(Documented.class).options();
        assertThat(options).extracting(Option::key).containsExactly("MaxCount", "url");
        assertThat(options).extracting(Option::required).containsExactly(false, true);
        assertThat(options).extracting(Option::doc).containsExactly("How many.", "");
        assertThat(options.get(0).type()).isEqualTo(new ValueType.Whole(false, ""));
        assertThat(options.get(1).aliases()).containsExactly("uri");
    }

    @Test
    void describesARecordOnce() {
        assertThat(OptionsType.of(Documented.class)).isSameAs(OptionsType.of(Documented.class));
    }

    @Test
    void knowsTheOnlyTextsThatAnOptionMayHave() {
        assertThat(OptionsType.of(Chosen.class).options())
                .extracting(Option::type)
                .containsExactly(
                        new ValueType.Word(List.of("1.0", "2.0")),
                        new ValueType.ListOf(new ValueType.Word(List.of("a", "b"))),
                        new ValueType.OptionalOf(new ValueType.Word(List.of("only"))));
        ValueType.Word word = new ValueType.Word(List.of("1.0", "2.0"));
        assertThat(word.parse("1.0")).isEqualTo("1.0");
        assertThat("1.0").matches(word.form());
        assertThat("1x0").doesNotMatch(word.form());
        assertThatThrownBy(() -> word.parse("3")).hasMessage("'3' (expected one of: 1.0, 2.0)");
    }

    @Test
    void refusesRecordsThatCannotBeOptions() {
        refuses(Unsupported.class, "Unsupported.when: java.time.Instant (expected: a type that options can have)");
        refuses(Recursive.class, "Recursive: contains itself");
        refuses(BadDefault.class, "BadDefault.pause: '3 sec' (expected: a duration such as 500ms, 10s, 1m30s)");
        refuses(BadChoices.class, "BadChoices.number: @Choices (expected: on a String)");
        refuses(Twice.class, "Twice: the key 'Name' has two meanings");
        refuses(InlineText.class, "InlineText.text: @Inline (expected: on a record)");
        refuses(Clash.class, "Clash: the key 'MaxCount' has two meanings");
        refuses(
                Numbered.class,
                "Numbered.names: java.util.Map<java.lang.Integer, java.lang.String> (expected: a type that options can"
                        + " have)");
    }

    @Test
    @SuppressWarnings("unchecked") // as a plugin can, which was compiled with such a cast
    void refusesAClassThatIsNoRecord() {
        assertThatThrownBy(() -> OptionsType.of((Class<Documented>) (Class<?>) String.class))
                .isInstanceOf(InvalidOptionsTypeException.class)
                .hasMessage("java.lang.String: is not a record");
    }

    private static void refuses(Class<? extends Record> type, String message) {
        assertThatThrownBy(() -> OptionsType.of(type))
                .isInstanceOf(InvalidOptionsTypeException.class)
                .hasMessage(OptionsTypeTest.class.getName() + "$" + message);
    }
}
