package dev.millrace.spi.extension;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Component;
import dev.millrace.spi.pipeline.Slice;
import java.util.List;

/**
 * Turns a slice into the body of a request.
 *
 * <p>Stateless, thread-safe and deterministic: the same slice and target give the same bytes, today and after a restart,
 * because an interrupted request is repeated as it was.
 */
public interface Encoder extends Component {
    /** The formats it writes; the first is for those who do not choose. */
    List<Format> formats();

    /**
     * Appends the body of a request to {@code body}.
     *
     * @param slice what to encode; at least one row
     * @param target the format, its limits, and what to add
     * @throws EncodingException if the body would exceed the target's limit
     * @throws IllegalArgumentException if the target's format is not one of {@link #formats()}
     */
    Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException;
}
