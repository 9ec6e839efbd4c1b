package dev.millrace.plugin.lib.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list of targets that is JSON. */
final class JsonList {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;

    private JsonList(JsonParser parser) {
        this.parser = parser;
    }

    static TargetList read(byte[] text) throws MalformedListException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonList(parser).list();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            long line = at == null ? 1 : at.getLineNr();
            throw malformed(line, at == null ? 1 : at.getColumnNr(), "no JSON, " + Excerpt.of(e.getOriginalMessage()));
        } catch (IOException e) { // the encoding, which the parser guesses
            throw malformed(1, 1, "no JSON, " + Excerpt.of(String.valueOf(e.getMessage())));
        }
    }

    private TargetList list() throws IOException, MalformedListException {
        begin(parser.nextToken(), JsonToken.START_ARRAY, ItemDraft.LIST);
        List<TargetList.Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            begin(parser.currentToken(), JsonToken.START_OBJECT, ItemDraft.LIST);
            items.add(item());
        }
        if (parser.nextToken() != null) {
            throw wrong("something behind the list (expected: its end)");
        }
        return new TargetList(items);
    }

    private TargetList.Item item() throws IOException, MalformedListException {
        ItemDraft item = new ItemDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            switch (parser.currentName()) {
                case ItemDraft.TARGETS -> {
                    if (begins(JsonToken.START_ARRAY, "(expected: a list of addresses)")) {
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            item.target(text("an address"));
                        }
                    }
                }
                case ItemDraft.LABELS -> {
                    if (begins(JsonToken.START_OBJECT, "(expected: a mapping of labels)")) {
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            label(item, parser.currentName());
                        }
                    }
                }
                default -> throw wrong(ItemDraft.unknown(parser.currentName()));
            }
        }
        return item.item();
    }

    private void label(ItemDraft item, String name) throws IOException, MalformedListException {
        parser.nextToken();
        String problem = item.label(name, text("a text"));
        if (!problem.isEmpty()) {
            throw wrong(problem);
        }
    }

    /* Goes to a value, which may be null. */
    private boolean begins(JsonToken token, String expected) throws IOException, MalformedListException {
        JsonToken next = parser.nextToken();
        if (next == JsonToken.VALUE_NULL) {
            return false;
        }
        begin(next, token, expected);
        return true;
    }

    private void begin(@Nullable JsonToken found, JsonToken token, String expected) throws MalformedListException {
        if (found != token) {
            throw wrong(name(found) + " " + expected);
        }
    }

    private String text(String expected) throws IOException, MalformedListException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name(parser.currentToken()) + " (expected: " + expected + " in quotes)");
        }
        return parser.getText();
    }

    private static String name(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "a mapping";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_NULL -> "null";
            default -> "true or false";
        };
    }

    private MalformedListException wrong(String problem) {
        JsonLocation at = parser.currentTokenLocation();
        return malformed(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), problem);
    }

    private static MalformedListException malformed(long line, long column, String problem) {
        return new MalformedListException(line, column, problem);
    }
}
