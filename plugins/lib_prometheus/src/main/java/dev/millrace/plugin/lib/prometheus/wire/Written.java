package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.extension.Content;
import java.util.Map;

/**
 * What became of the rows of a slice.
 *
 * @param dropped how many rows were left out, by reason
 * @param content what the message holds
 */
public record Written(Map<String, Integer> dropped, Content content) {
    public Written {
        dropped = Map.copyOf(dropped);
    }
}
