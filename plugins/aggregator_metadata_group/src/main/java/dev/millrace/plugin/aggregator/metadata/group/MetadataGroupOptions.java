package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.List;

/**
 * The options of {@code aggregator_metadata_group}.
 *
 * @param groupMetadataKeys the labels whose values the events of a group have in common
 * @param groupMaxEventLength the largest number of events in a group
 * @param groupMaxByteLength the largest size of the byte arrays in a group
 * @param dropOversizeEvent whether a byte array that is larger than that is dropped
 */
@Doc(value = "Gathers events into groups that have the values of some labels in common.", example = """
        GroupMetadataKeys: [job, instance]
        GroupMaxEventLength: 500
        """)
public record MetadataGroupOptions(
        @Doc(
                value =
                        "The labels whose values the events of a group have in common; none: all events are of one group.",
                example = "[job, instance]")
        List<String> groupMetadataKeys,

        @Doc("The largest number of events in a group.") @Default("1024")
        int groupMaxEventLength,

        @Doc("The largest size of the byte arrays in a group, such as the bodies that service_http_server receives with"
                + " Format raw; other events do not count.")
        @Default("3MiB")
        ByteSize groupMaxByteLength,

        @Doc("Whether a byte array that is larger than GroupMaxByteLength is dropped and counted; otherwise it is a"
                + " group of its own.")
        @Default("false")
        boolean dropOversizeEvent) {
    public MetadataGroupOptions {
        groupMetadataKeys = List.copyOf(groupMetadataKeys);
        for (String key : groupMetadataKeys) {
            if (key.isEmpty()) {
                throw new InvalidOptionException("groupMetadataKeys", "'' (expected: the name of a label)");
            }
        }
        if (groupMaxEventLength < 1) {
            throw new InvalidOptionException("groupMaxEventLength", groupMaxEventLength + " (expected: > 0)");
        }
        if (groupMaxByteLength.bytes() < 1) {
            throw new InvalidOptionException("groupMaxByteLength", groupMaxByteLength + " (expected: > 0)");
        }
    }
}
