package dev.millrace.plugin.lib.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON, in memory. For answers of which a little is wanted: what is absent, null or of another type reads as
 * nothing. Immutable.
 */
public final class JsonObject {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @param skipped the names of objects and lists that are left out, at any depth
     * @throws IOException if it is none; it says where
     */
    public static JsonObject read(byte[] text, int offset, int length, Set<String> skipped) throws IOException {
        return read(text, offset, length, skipped, "", each -> {});
    }

    /**
     * Reads an object of which one list is long: its objects are given to {@code each}, one by one, and not kept.
     *
     * @param list the name of that list
     */
    public static JsonObject read(
            byte[] text, int offset, int length, Set<String> skipped, String list, Consumer<JsonObject> each)
            throws IOException {
        try (JsonParser parser = FACTORY.createParser(text, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("line 1: no JSON object");
            }
            return new JsonObject(new Reader(parser, skipped).outer(list, each));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new IOException(
                    "line " + (at == null ? 1 : at.getLineNr()) + ", column " + (at == null ? 1 : at.getColumnNr())
                            + ": no JSON, " + e.getOriginalMessage(),
                    e);
        }
    }

    /** One reading. */
    private record Reader(JsonParser parser, Set<String> skipped) {
        Map<String, Object> outer(String list, Consumer<JsonObject> each) throws IOException {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals(list) && token == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        if (value() instanceof JsonObject object) {
                            each.accept(object);
                        }
                    }
                } else {
                    put(members, name);
                }
            }
            return members;
        }

        private Map<String, Object> inner() throws IOException {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                put(members, name);
            }
            return members;
        }

        private void put(Map<String, Object> members, String name) throws IOException {
            if (parser.currentToken().isStructStart() && skipped.contains(name)) {
                parser.skipChildren();
                return;
            }
            Object value = value();
            if (value != null) {
                members.put(name, value);
            }
        }

        private @Nullable Object value() throws IOException {
            return switch (parser.currentToken()) {
                case START_OBJECT -> new JsonObject(inner());
                case START_ARRAY -> {
                    List<Object> items = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        Object item = value();
                        if (item != null) {
                            items.add(item);
                        }
                    }
                    yield items;
                }
                case VALUE_NULL -> null;
                default -> parser.getText();
            };
        }
    }

    /** Whether a member is there. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A text, or a number, {@code true} or {@code false} as it is written; else empty. */
    public String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** The same where it is there. */
    public Optional<String> optional(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** An object; an empty one where it is not there. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** The objects of a list. */
    public List<JsonObject> objects(String name) {
        return items(name, JsonObject.class);
    }

    /** The texts of a list. */
    public List<String> texts(String name) {
        return items(name, String.class);
    }

    private <T> List<T> items(String name, Class<T> type) {
        return members.get(name) instanceof List<?> items
                ? items.stream().filter(type::isInstance).map(type::cast).toList()
                : List.of();
    }

    /** The texts of an object by their names, in their order. */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name).members.forEach((key, value) -> {
            if (value instanceof String text) {
                texts.put(key, text);
            }
        });
        return texts;
    }
}
