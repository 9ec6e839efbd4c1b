package dev.millrace.plugin.lib.credentials.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonMembersTest {
    @Test
    void readsTheMembersOfAnObject() {
        assertThat(
                        JsonMembers.parse(
                                " {\"a\" : \"b\\u00e4\\n\\\"\\\\\\/\", \"n\": -1.5e3 ,\"t\":true, \"z\":null, \"o\":{\"a\":[1,{}]},\"l\":[]}\n"))
                .contains(Map.of("a", "bä\n\"\\/", "n", "-1.5e3", "t", "true"));
        assertThat(JsonMembers.parse("{}")).contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "\"a\"",
                "{}{}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":tru}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"b}",
                "{\"a\":[1,]}"
            })
    void refusesWhatIsNoObject(String text) {
        assertThat(JsonMembers.parse(text)).isEmpty();
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThat(JsonMembers.parse("{\"a\":" + "[".repeat(100_000))).isEmpty();
        assertThat(JsonMembers.parse("{\"a\":".repeat(100_000))).isEmpty();
    }
}
