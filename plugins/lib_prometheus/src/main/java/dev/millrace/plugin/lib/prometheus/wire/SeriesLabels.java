package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import java.util.Arrays;

/**
 * Writes the labels of series together with external labels.
 *
 * <p>They are put between the series' fields, whose names are compared as they stand there. Not thread-safe.
 */
final class SeriesLabels {
    private final InvalidNames policy;
    private final BodyBuffer body;
    private final BodyBuffer external = new BodyBuffer(0);

    /**
     * Writes to {@code body}.
     *
     * @throws IllegalArgumentException if an external label's name is not legal, and cannot be made so
     */
    SeriesLabels(Labels externalLabels, InvalidNames policy, BodyBuffer body) {
        this.policy = policy;
        this.body = body;
        if (!LabelFields.writeLegal(externalLabels, policy, external)) {
            throw new IllegalArgumentException(
                    "external labels: " + externalLabels + " (expected: names that match " + LegacyNames.LABEL + ")");
        }
    }

    /** Writes the labels of a series, and those external ones of whose name it has none; false where they cannot be made legal. */
    boolean write(Labels labels) {
        int start = body.length();
        boolean legal = LabelFields.writeLegal(labels, policy, body);
        if (legal && external.length() > 0) {
            addExternal(start);
        }
        return legal;
    }

    private void addExternal(int start) {
        int at = start;
        int end;
        for (int field = 0; field < external.length(); field = end) {
            end = endOfField(external.array(), field);
            int name = name(external.array(), field);
            int order = 1;
            while (at < body.length() && (order = compareNames(name, at)) > 0) {
                at = endOfField(body.array(), at);
            }
            if (order != 0) {
                insert(field, end - field, at);
                at += end - field;
            }
        }
    }

    private void insert(int field, int length, int at) {
        body.reserve(length);
        byte[] bytes = body.array();
        System.arraycopy(bytes, at, bytes, at + length, body.length() - at);
        System.arraycopy(external.array(), field, bytes, at, length);
        body.advance(length);
    }

    /* How the name of an external label, from its length on, compares to that of a field of the body. Most differ early. */
    private int compareNames(int name, int at) {
        byte[] ours = external.array();
        byte[] theirs = body.array();
        int theirName = name(theirs, at);
        int ourText = behindVarint(ours, name);
        int theirText = behindVarint(theirs, theirName);
        int first = ours[ourText] - theirs[theirText]; // legal names are ASCII and not empty
        return first != 0
                ? first
                : Arrays.compare(
                        ours,
                        ourText,
                        ourText + varint(ours, name),
                        theirs,
                        theirText,
                        theirText + varint(theirs, theirName));
    }

    /* Where the length of a field's name stands, behind: tag, length of the field, tag. */
    private static int name(byte[] bytes, int field) {
        return behindVarint(bytes, field + 1) + 1;
    }

    private static int endOfField(byte[] bytes, int field) {
        return behindVarint(bytes, field + 1) + varint(bytes, field + 1);
    }

    private static int behindVarint(byte[] bytes, int at) {
        int behind = at + 1;
        while (bytes[behind - 1] < 0) {
            behind++;
        }
        return behind;
    }

    private static int varint(byte[] bytes, int at) {
        int value = 0;
        int shift = 0;
        for (int i = at; ; i++, shift += 7) {
            value |= (bytes[i] & 0x7f) << shift;
            if (bytes[i] >= 0) {
                return value;
            }
        }
    }
}
