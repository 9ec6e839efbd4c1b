package dev.millrace.core.journal;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The payload of states: for each component the newest one counts.
 *
 * <pre>
 *   varint  how many components; for each:
 *     text    the component's ID
 *     bytes   its state, which only the component understands; none where it has no state any more
 * </pre>
 */
final class StatePayload {
    private static final int SMALLEST_ENTRY = 2;

    private StatePayload() {}

    static void write(PayloadOutput out, Map<String, byte[]> states) {
        out.writeVarint(states.size());
        states.forEach((component, state) -> {
            out.writeText(component);
            out.writeBytes(state);
        });
    }

    /** Reads states, by component. */
    static Map<String, byte[]> read(PayloadInput in) throws MalformedPayloadException {
        Map<String, byte[]> states = new TreeMap<>();
        for (int left = in.readCount(SMALLEST_ENTRY); left > 0; left--) {
            String component = in.readText();
            ByteBuffer bytes = in.readBytes();
            byte[] state = new byte[bytes.remaining()];
            bytes.get(state);
            states.put(component, state);
        }
        return states;
    }
}
