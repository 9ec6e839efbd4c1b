package dev.millrace.core.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a pipeline was at one moment.
 *
 * @param name its name
 * @param file its file, or an empty text where that is gone
 * @param state how the newest state of its file is
 * @param running whether it runs, in that state of its file or an older one
 * @param problems why the newest state does not run, one line each
 * @param nextAttempt when it is tried again, in milliseconds since the epoch
 * @param journal its journal, where it is open
 * @param components its components, in the order of the picture: inputs first, extensions last
 */
public record PipelineReading(
        String name,
        String file,
        State state,
        boolean running,
        List<String> problems,
        OptionalLong nextAttempt,
        Optional<Journal> journal,
        List<ComponentReading> components) {
    public PipelineReading {
        problems = List.copyOf(problems);
        components = List.copyOf(components);
    }

    /** A pipeline of which there is nothing but the file. */
    public static PipelineReading of(String name, String file, State state, List<String> problems) {
        return new PipelineReading(
                name, file, state, false, problems, OptionalLong.empty(), Optional.empty(), List.of());
    }

    /** The same with another state. */
    public PipelineReading withState(State other) {
        return new PipelineReading(name, file, other, running, problems, nextAttempt, journal, components);
    }

    /** How the newest state of a pipeline's file is. */
    public enum State {
        /** It is about to run. */
        STARTING,
        /** It runs. */
        RUNNING,
        /** It could not be started, and is tried again. */
        FAILED,
        /** The file has problems. */
        INVALID,
        /** The file says that it is not to run. */
        DISABLED,
        /** The file is gone. */
        STOPPING;

        /** The name in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A journal.
     *
     * @param bytes its size
     * @param maxBytes how many bytes may wait for a flusher that has no limit of its own
     * @param onDisk whether it is on the volume of the data folder, and not in memory
     */
    public record Journal(long bytes, long maxBytes, boolean onDisk) {}
}
