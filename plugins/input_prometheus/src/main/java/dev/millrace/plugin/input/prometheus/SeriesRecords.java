package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.State;
import dev.millrace.spi.event.Labels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of the targets' series over restarts, so that what vanished meanwhile is marked: a part of the input's
 * state for each target, known by the target's labels.
 *
 * <p>All together take some megabytes, because the journal writes them again at the end of each segment; what goes beyond is
 * not remembered. Thread-safe.
 */
final class SeriesRecords {
    private static final int NAME_BYTES = 16;

    private final State state;
    private final long most;
    private final Object lock = new Object();
    private final Map<String, Integer> sizes = new HashMap<>();
    private long total;

    /**
     * The records that there are.
     *
     * @param most the bytes of all of them
     */
    SeriesRecords(State state, long most) {
        this.state = state;
        this.most = most;
        for (String name : state.parts()) {
            state.part(name).get().ifPresent(bytes -> resize(name, bytes.length));
        }
    }

    /** What all records say. One that can not be read says nothing. */
    List<LiveTarget> read() {
        List<LiveTarget> targets = new ArrayList<>();
        for (String name : state.parts()) {
            state.part(name).get().flatMap(SeriesRecord::read).ifPresent(targets::add);
        }
        return targets;
    }

    /** Whether there is a record of a target. */
    boolean has(Labels target) {
        synchronized (lock) {
            return sizes.containsKey(name(target));
        }
    }

    /** Has a record go with the next batch, unless it is there already, or there is no room for it. */
    void write(Labels target, byte[] bytes) {
        String name = name(target);
        synchronized (lock) {
            long others = total - sizes.getOrDefault(name, 0);
            if (bytes.length > State.MAX_BYTES || others + bytes.length > most) {
                remove(name);
                return;
            }
            if (!isKept(name, bytes)) {
                state.part(name).set(bytes);
            }
            resize(name, bytes.length);
        }
    }

    /** Whether a record is as it was written last, as far as the journal has not refused it. */
    boolean isKept(Labels target, byte[] bytes) {
        synchronized (lock) {
            String name = name(target);
            return !sizes.containsKey(name) || isKept(name, bytes);
        }
    }

    /** Has the end of a record go with the next batch. */
    void forget(Labels target) {
        synchronized (lock) {
            remove(name(target));
        }
    }

    private boolean isKept(String name, byte[] bytes) {
        return state.part(name)
                .get()
                .filter(known -> Arrays.equals(known, bytes))
                .isPresent();
    }

    /* Whether the journal took the end of a record is not known here, so it is told again where there still is one. */
    private void remove(String name) {
        Integer size = sizes.remove(name);
        total -= size == null ? 0 : size;
        if (state.part(name).get().isPresent()) {
            state.part(name).set(new byte[0]);
        }
    }

    private void resize(String name, int length) {
        Integer before = sizes.put(name, length);
        total += length - (before == null ? 0 : before);
    }

    private static String name(Labels target) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(target.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
