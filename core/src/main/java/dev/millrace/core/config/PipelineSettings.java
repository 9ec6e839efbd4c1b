package dev.millrace.core.config;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a pipeline, under {@code global} in its file.
 *
 * @param structureType a key of iLogtail's
 * @param durability what a batch survives once it is acknowledged
 * @param maxBytes how many bytes of the journal may wait for a flusher that says nothing else
 * @param maxAge how long an item may wait for a flusher that says nothing else; absent: without end
 * @param minFreeDisk how much room the volume must have, for a flusher that says nothing else
 * @param whenFull what happens at a limit, for a flusher that says nothing else
 * @param groupTags labels of every event that has none of their name
 * @param progressInterval how often a line of the log says how far the pipeline is; absent: never
 */
@Doc("Settings of the pipeline as a whole.")
public record PipelineSettings(
        @Doc(value = "Accepted from iLogtail's files; there is one data model here.", example = "v2")
        Optional<String> structureType,

        @Doc("What a batch survives once it is acknowledged: a loss of power, the end of the process, or neither.")
        @Default("fsync")
        Durability durability,

        @Doc(
                value =
                        "How much of the journal may wait for each flusher that has no MaxBytes of its own; absent: 10GiB, or the"
                                + " pipeline's equal share of half the volume where that is less.",
                example = "10GiB")
        Optional<ByteSize> maxBytes,

        @Doc(
                value =
                        "How long an item may wait for each flusher that has no MaxAge of its own; absent: without end.",
                example = "24h")
        Optional<Duration> maxAge,

        @Doc(
                value =
                        "How much room the volume must have for a backlog to grow beyond a segment, for each flusher that has no"
                                + " MinFreeDisk of its own; absent: 1GiB or 5 % of the volume, whichever is more, but at most a quarter"
                                + " of the volume.",
                example = "2GiB")
        Optional<ByteSize> minFreeDisk,

        @Doc("What happens at one of these limits, for each flusher that has no WhenFull of its own: refuse tells the"
                + " inputs to wait, drop_oldest drops the oldest items that wait for that flusher.")
        @Default("refuse")
        WhenFull whenFull,

        @Doc(
                value = "Labels that every event of the pipeline gets where it has none of their name.",
                example = "{cluster: eu-1}")
        Map<String, String> groupTags,

        @Doc(
                value = "How often a line of the log says what was received, sent and acknowledged; absent: never.",
                example = "1m")
        Optional<Duration> progressInterval)
        implements Notices {

    public PipelineSettings {
        groupTags = Map.copyOf(groupTags);
        for (String name : groupTags.keySet()) {
            if (name.isEmpty() || name.equals(Labels.METRIC_NAME)) {
                throw new InvalidOptionException(
                        "groupTags", "'" + name + "' (expected: the name of a label, such as cluster)");
            }
        }
        Limits.check(maxBytes, maxAge);
        if (progressInterval.isPresent() && progressInterval.get().toMillis() < 1000) {
            throw new InvalidOptionException(
                    "progressInterval", progressInterval.get().toMillis() + "ms (expected: at least 1s)");
        }
    }

    /** The same with a journal in memory, without limits. */
    public PipelineSettings inMemory() {
        return new PipelineSettings(
                structureType,
                Durability.MEMORY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                whenFull,
                groupTags,
                Optional.empty());
    }

    /** What a batch survives once it is acknowledged. */
    public enum Durability {
        /** A loss of power. */
        FSYNC,
        /** The end of the process. */
        WRITE,
        /** Neither. */
        MEMORY
    }

    @Override
    public List<Notice> notices() {
        return structureType.isPresent()
                ? List.of(new Notice("structureType", ConfigMessage.STRUCTURE_TYPE.with()))
                : List.of();
    }
}
