package dev.millrace.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {
    @Test
    void writesEveryKindOfValue() {
        StringBuilder text = new StringBuilder();
        JsonObject.append(
                text,
                json -> json.field("text", "a")
                        .field("none", (String) null)
                        .field("number", -7)
                        .field("truth", true)
                        .field("known", OptionalLong.of(1))
                        .field("unknown", OptionalLong.empty())
                        .field("rounded", OptionalDouble.of(1234567.00049))
                        .field("small", OptionalDouble.of(0.12345))
                        .field("absent", OptionalDouble.empty())
                        .strings("words", List.of("a", "b"))
                        .counts("counts", Map.of("400", 3L))
                        .objects("objects", List.of(1, 2), (object, item) -> object.field("item", item))
                        .object("empty", object -> {}));
        assertThat(text)
                .hasToString("{\"text\":\"a\",\"none\":null,\"number\":-7,\"truth\":true,\"known\":1,\"unknown\":null,"
                        + "\"rounded\":1234567,\"small\":0.123,\"absent\":null,\"words\":[\"a\",\"b\"],"
                        + "\"counts\":{\"400\":3},\"objects\":[{\"item\":1},{\"item\":2}],\"empty\":{}}");
    }

    @Test
    void escapesWhatAStringMayNotHold() {
        StringBuilder text = new StringBuilder();
        JsonObject.append(text, json -> json.field("a\"b", "\\ \n\r\t\u0001 ü"));
        assertThat(text).hasToString("{\"a\\\"b\":\"\\\\ \\n\\r\\t\\u0001 ü\"}");
    }
}
