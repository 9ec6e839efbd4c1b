package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the targets of an input, and tells when they change: a file, a server or a cluster that knows them. Thread-safe.
 *
 * <p>A refresh that fails changes nothing: the groups that were found last stay, and
 * {@link dev.millrace.spi.PluginContext#reportTrouble} says what is wrong. Until the first refresh that succeeds nothing is
 * handed over, so that nobody takes what is not known yet for none.
 */
public interface TargetDiscovery extends Component {
    /**
     * Begins to hand over what is found, and returns soon. The input calls it when it starts; its successor calls it
     * again, and then {@code found} takes the place of the one before and is given at once what is known already.
     *
     * @param found takes all groups each time that one of them has changed; those that have not should be the same objects
     *     as before, which costs the input nothing. Calls do not overlap
     */
    void start(Consumer<List<TargetGroup>> found);
}
