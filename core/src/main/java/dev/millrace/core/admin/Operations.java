package dev.millrace.core.admin;

import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the admin endpoint asks of the host. Thread-safe. */
public interface Operations {
    /** Whether every pipeline runs, or is reported as failed. */
    boolean ready();

    /** Whether a pipeline runs; empty where there is none of that name. */
    Optional<Boolean> ready(String pipeline);

    /** How the host and its pipelines are. */
    Status status();

    /** In which state each component is. */
    List<ComponentHealth> health();

    /** What the components of a pipeline, or of all, show under a name; empty where none shows anything. */
    Optional<Map<String, Object>> shown(String name, Optional<String> pipeline);

    /** Takes the configuration as it is now, and completes with what came of it. */
    CompletionStage<Report> reload();

    /** Completes with what {@link #reload} would do; nothing is changed. */
    CompletionStage<Report> planned();

    /** Completes with the configuration that runs, as YAML, without secrets. */
    CompletionStage<Report> effective();

    /**
     * Completes with in what the files differ from the configuration that runs; no text: in nothing.
     *
     * @param list the name of a list of other files, which a command left in the data folder
     */
    CompletionStage<Report> changed(Optional<String> list);

    /**
     * Sends dead letters again, and completes with what came of it; what is not named is all.
     *
     * @param letter the name of a letter, as it is listed
     */
    CompletionStage<Report> replay(Optional<String> pipeline, Optional<String> flusher, Optional<String> letter);

    /**
     * What came of a request.
     *
     * @param ok whether all of it went well
     * @param text lines for a person
     */
    record Report(boolean ok, String text) {}
}
