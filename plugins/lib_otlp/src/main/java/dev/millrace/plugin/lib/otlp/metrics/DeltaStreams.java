package dev.millrace.plugin.lib.otlp.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sums of streams of deltas, which are kept for as long as their streams go on.
 *
 * <p>They are kept by metric and scope. Between {@link #begin} and {@link #save} those of one request are at hand; they are
 * read and written anew for each request, so that the states are all that counts. Not thread-safe: one request after
 * another, each to its end.
 */
public final class DeltaStreams {
    private final DeltaStates states;
    private final long most;
    private final long idleMillis;
    private final Clock clock;
    private final Map<String, Group> known = new HashMap<>();
    private final Map<String, DeltaGroup> open = new LinkedHashMap<>();
    private long streams;

    /** How many streams a group has, and when one was added to last. */
    private record Group(int streams, long seen) {}

    /**
     * Streams whose sums are in {@code states}.
     *
     * @param most how many there may be; a new one beyond is rejected
     * @param idle for how long one is kept that has no points
     */
    public DeltaStreams(DeltaStates states, long most, Duration idle, Clock clock) {
        this.states = states;
        this.most = most;
        this.idleMillis = idle.toMillis();
        this.clock = clock;
        for (String name : states.names()) {
            track(name, DeltaGroup.read(this, states.get(name), clock.millis(), Long.MAX_VALUE));
        }
    }

    /** Begins a request. */
    public void begin() {
        open.clear();
    }

    /** Puts what the request changed into the states. */
    public void save() {
        open.forEach((name, group) -> {
            if (group.isChanged()) {
                states.set(name, group.toBytes());
                track(name, group);
            }
        });
        open.clear();
    }

    /** Forgets groups of which no stream goes on. Returns whether there are any, so that the change must be handed on. */
    public boolean sweep() {
        long oldest = clock.millis() - idleMillis;
        var idle = known.entrySet().stream()
                .filter(group -> group.getValue().seen() < oldest)
                .map(Map.Entry::getKey)
                .toList();
        for (String name : idle) {
            states.set(name, new byte[0]);
            Group gone = known.remove(name);
            streams -= gone == null ? 0 : gone.streams();
        }
        return !idle.isEmpty();
    }

    /** How many streams there are. */
    public long streams() {
        return streams;
    }

    /** The streams of a metric. */
    DeltaGroup group(StreamId metric) {
        return open.computeIfAbsent(
                metric.toString(), name -> DeltaGroup.read(this, states.get(name), clock.millis(), idleMillis));
    }

    /** Whether there is room for one more, with those that the request has already added. */
    boolean hasRoom() {
        long added = open.values().stream().mapToLong(DeltaGroup::added).sum();
        return streams + added < most;
    }

    private void track(String name, DeltaGroup group) {
        Group before = known.remove(name);
        streams -= before == null ? 0 : before.streams();
        if (group.size() > 0) {
            known.put(name, new Group(group.size(), group.seen()));
            streams += group.size();
        }
    }
}
