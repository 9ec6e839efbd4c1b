package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.PluginContext;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with the sources of a discovery: logged when it begins and when all of it is over, and told to the host each
 * time. To be called by one thread at a time.
 */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final PluginContext context;
    private Set<String> told = Set.of();

    /** Nothing is wrong. */
    public Troubles(PluginContext context) {
        this.context = context;
    }

    /** Tells what is wrong now, with one line for each source. Returns how many lines there were not before. */
    public int tell(List<String> problems) {
        List<String> fresh =
                problems.stream().filter(problem -> !told.contains(problem)).toList();
        fresh.forEach(problem -> LOG.warn("{}: {}; the targets that were found last stay", context.id(), problem));
        if (!problems.isEmpty()) {
            context.reportTrouble(String.join("; ", problems));
        } else if (!told.isEmpty()) {
            LOG.info("{}: all targets can be found again", context.id());
            context.reportRecovery();
        }
        told = Set.copyOf(problems);
        return fresh.size();
    }
}
