package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of a pipeline's components, which outlive its generations. Thread-safe. */
final class ComponentStates {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private final String pipeline;
    private final Journal journal;
    private final Map<ComponentId, KeptState> states = new ConcurrentHashMap<>();
    private volatile Turn turn = new Turn();

    ComponentStates(String pipeline, Journal journal) {
        this.pipeline = pipeline;
        this.journal = journal;
    }

    KeptState of(ComponentId component) {
        return states.computeIfAbsent(component, id -> new KeptState(journal, id.toString()));
    }

    /**
     * The turn in which components are called whose changes must reach the journal in order. It is one for all, because
     * an answer may come within the call and hand on the next batch. Where the last one is broken, it is a new one.
     */
    Turn turn() {
        if (turn.isBroken()) {
            turn = new Turn();
        }
        return turn;
    }

    /** Forgets the states of components that are gone. Where that is refused, it is for the next change of the file. */
    void retain(Set<ComponentId> present) {
        Set<String> names = present.stream().map(ComponentId::toString).collect(Collectors.toSet());
        for (String component : journal.componentsWithState()) {
            if (!names.contains(KeptState.component(component))) {
                journal.append(List.of(), Map.of(component, new byte[0]), new Forgetting(component));
            }
        }
    }

    private final class Forgetting implements Acknowledgement {
        private final String component;

        Forgetting(String component) {
            this.component = component;
        }

        @Override
        public void committed() {
            LOG.info("{}/{}: gone from the file; its state is forgotten", pipeline, component);
        }

        @Override
        public void refused(Refusal refusal) {
            LOG.warn("{}/{}: gone from the file, but its state stays: {}", pipeline, component, refusal.message());
        }

        @Override
        public boolean waiting() {
            return false;
        }
    }
}
