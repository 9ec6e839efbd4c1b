package dev.millrace.core.journal;

import java.nio.ByteBuffer;

/**
 * The payload of a component's state: of its records with the same component, the newest one counts.
 *
 * <pre>
 *   text   the component's ID
 *   bytes  its state, which only the component understands
 * </pre>
 *
 * @param component the component's ID
 * @param state its state, read-only
 */
record StatePayload(String component, ByteBuffer state) {
    StatePayload {
        state = state.asReadOnlyBuffer();
    }

    void write(PayloadOutput out) {
        out.writeText(component);
        out.writeBytes(state.duplicate());
    }

    static StatePayload read(PayloadInput in) throws MalformedPayloadException {
        return new StatePayload(in.readText(), in.readBytes());
    }
}
