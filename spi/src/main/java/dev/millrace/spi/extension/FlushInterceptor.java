package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import dev.millrace.spi.event.EventBatch;

/**
 * Chooses which rows a flusher sends; the others are counted as dropped, reason {@code filtered}.
 *
 * <p>Stateless, thread-safe and deterministic: a row that passed once passes always, because an interrupted request is
 * repeated as it was.
 */
public interface FlushInterceptor extends Component {
    /** Whether a row is sent. Called for each row: no object is to be made for it. */
    boolean passes(EventBatch batch, int row);
}
