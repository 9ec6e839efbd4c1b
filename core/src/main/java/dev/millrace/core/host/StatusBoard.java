package dev.millrace.core.host;

import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.status.HealthBook;
import dev.millrace.core.status.History;
import dev.millrace.core.status.HostFacts;
import dev.millrace.core.status.PipelineReading;
import dev.millrace.core.status.Reading;
import dev.millrace.core.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how the host is, and what changed in the last minute. Thread-safe. */
final class StatusBoard {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final HostFacts host;
    private final Path data;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Supplier<List<PipelineReading>> pipelines;
    private final History history = new History();
    private final HealthBook book = new HealthBook();

    /**
     * A board without a history.
     *
     * @param data the data folder
     * @param clock the wall clock, for what people read
     * @param nanos a clock that only goes forward
     * @param pipelines what all pipelines have counted at the moment
     */
    StatusBoard(Path data, Clock clock, LongSupplier nanos, Supplier<List<PipelineReading>> pipelines) {
        this.host = new HostFacts(
                Build.version(),
                Runtime.version().toString(),
                ProcessHandle.current().pid(),
                clock.millis(),
                data.toAbsolutePath().normalize().toString());
        this.data = data;
        this.clock = clock;
        this.nanos = nanos;
        this.pipelines = pipelines;
    }

    /** Adds the numbers of this moment to the history; to be called every {@link History#INTERVAL}. */
    void look() {
        try {
            Reading now = read();
            history.add(now);
            book.note(now);
        } catch (RuntimeException | Error e) { // the next look must come, or rates are never seen again
            LOG.error("a fault of the host in its look at the numbers", e);
        }
    }

    /** How the host is at this moment. */
    Status status() {
        return new Status(host, freeBytes(), history.upTo(read()));
    }

    /** In which state each component is at this moment. */
    List<ComponentHealth> health() {
        return book.note(read());
    }

    private Reading read() {
        return Reading.of(nanos.getAsLong(), clock.millis(), pipelines.get());
    }

    private OptionalLong freeBytes() {
        try {
            return OptionalLong.of(Files.getFileStore(data).getUsableSpace());
        } catch (IOException e) { // the status says what it knows
            LOG.debug("the room on the volume of {} is not known: {}", data, e.toString());
            return OptionalLong.empty();
        }
    }
}
