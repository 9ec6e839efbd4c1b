package dev.millrace.plugin.lib.otlp.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Turns requests in OTLP's JSON into the same in protobuf ("OTLP/HTTP: JSON Protobuf Encoding"): keys in lower camel case,
 * identifiers as hexadecimal digits, 64 bits as texts or numbers, enumerations as numbers; keys that nobody knows are
 * ignored. Thread-safe.
 */
public final class JsonRequests {
    private static final int DEEPEST = 128;
    private static final int LONGEST_MESSAGE = 300;
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");

    /* No pool of buffers is kept in threads, which are not ours. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonRequests() {}

    /**
     * The request in protobuf.
     *
     * @throws DecodingException if it is damaged, or a value is of another type than its field
     */
    public static BodyBuffer toProtobuf(RequestKind kind, BodyBuffer json) throws DecodingException {
        BodyBuffer protobuf = new BodyBuffer(Math.max(64, json.length() / 2));
        try (JsonParser parser = FACTORY.createParser(json.array(), 0, json.length())) {
            new Transcoder(parser, protobuf).request(MessageType.of(kind));
        } catch (JsonProcessingException e) {
            throw damaged(e.getOriginalMessage() + place(e), e);
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
        return protobuf;
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static DecodingException damaged(String message, Exception cause) {
        String line = LINE_BREAKS.matcher(message).replaceAll(" ");
        DecodingException damaged = new DecodingException(
                "JSON: " + (line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line));
        damaged.initCause(cause);
        return damaged;
    }
}
