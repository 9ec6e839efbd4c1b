package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Journal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The judge of the states of components: while the journal runs, each is the last that was acknowledged; what a crash
 * leaves is that, or the same with some units that follow each other and have no acknowledgement. Of those, and of no
 * others, the whole output is there.
 */
final class ModelStates {
    private static final String[] COMPONENTS = {"counter", "tail", "window"};

    private final List<Unit> open = new ArrayList<>();
    private final List<Map<String, ByteBuffer>> found = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private final BitSet dead = new BitSet();
    private final Set<ByteBuffer> appended = new HashSet<>();
    private int count;

    /** What is appended together: new states of components, and the samples from one number to another. */
    record Unit(Map<String, byte[]> changes, int from, int to) {
        private Map<String, ByteBuffer> after(Map<String, ByteBuffer> states) {
            Map<String, ByteBuffer> result = new TreeMap<>(states);
            changes.forEach((component, state) -> {
                if (state.length == 0) {
                    result.remove(component);
                } else {
                    result.put(component, ByteBuffer.wrap(state));
                }
            });
            return result;
        }

        private int in(BitSet samples) {
            return samples.get(from, to).cardinality();
        }
    }

    ModelStates() {
        found.add(Map.of());
    }

    /** New states of some components, at least one; some have no state any more. */
    Map<String, byte[]> changes(Random random) {
        Map<String, byte[]> changes = new TreeMap<>();
        while (changes.isEmpty()) {
            for (String component : COMPONENTS) {
                if (random.nextBoolean()) {
                    changes.put(component, random.nextInt(6) == 0 ? new byte[0] : state(random));
                }
            }
        }
        return changes;
    }

    private byte[] state(Random random) {
        byte[] state = new byte[Integer.BYTES + random.nextInt(random.nextInt(4) == 0 ? 3000 : 30)];
        random.nextBytes(state);
        ByteBuffer result = ByteBuffer.wrap(state).putInt(0, count++);
        appended.add(result);
        return state;
    }

    /** A unit is handed to the journal. */
    void appended(Unit unit) {
        open.add(unit);
    }

    /** It was acknowledged, and what came before it and was not never will be there. */
    void acknowledged(Unit unit) {
        Map<String, ByteBuffer> states = unit.after(newest());
        found.clear();
        found.add(states);
        List<Unit> answered = open.subList(0, open.indexOf(unit) + 1);
        answered.remove(unit);
        answered.forEach(this::isDead);
        answered.clear();
    }

    private void isDead(Unit unit) {
        if (unit.in(seen) == 0) {
            dead.set(unit.from, unit.to);
        }
    }

    private Map<String, ByteBuffer> newest() {
        return found.get(found.size() - 1);
    }

    /** The journal says what was acknowledged. */
    void check(Journal journal) {
        assertThat(read(journal)).as("the states of components").isEqualTo(newest());
    }

    /** Some of what was there is lost, and what is left counts from now on. */
    void lost(Journal journal) {
        Map<String, ByteBuffer> states = read(journal);
        assertThat(appended).as("states that were appended").containsAll(states.values());
        found.clear();
        found.add(states);
        open.clear();
        dead.clear();
    }

    /**
     * Judges what the journal holds after a crash.
     *
     * @param samples the samples in the journal, or null where nobody needs any
     * @param lied whether something was read in an earlier life that was not stored
     */
    void audit(Journal journal, BitSet samples, boolean lied) {
        Map<String, ByteBuffer> states = read(journal);
        List<Unit> there = null;
        for (int before = found.size() - 1; before >= (lied ? 0 : found.size() - 1) && there == null; before--) {
            there = explains(found.get(before), states, samples);
        }
        assertThat(there)
                .as("states %s follow from %s and some of %s, and their output is there", states, newest(), open)
                .isNotNull();
        assertThat(samples != null && dead.intersects(samples))
                .as("output is there without its state")
                .isFalse();
        there.forEach(unit -> seen.set(unit.from, unit.to));
        if (!lied) {
            open.removeAll(there);
            open.forEach(this::isDead);
            open.clear();
        }
        found.add(states);
    }

    /* Some units that follow each other, or none, that lead to these states and samples; null where none do. */
    private List<Unit> explains(Map<String, ByteBuffer> before, Map<String, ByteBuffer> states, BitSet samples) {
        for (int from = 0; from <= open.size(); from++) {
            Map<String, ByteBuffer> after = before;
            for (int to = from; ; to++) {
                if (after.equals(states) && holdsOutputOf(from, to, samples)) {
                    return List.copyOf(open.subList(from, to));
                }
                if (to == open.size()) {
                    break;
                }
                after = open.get(to).after(after);
            }
        }
        return null;
    }

    /* Of a unit that was seen before some may be delivered and gone. */
    private boolean holdsOutputOf(int from, int to, BitSet samples) {
        for (int i = 0; samples != null && i < open.size(); i++) {
            Unit unit = open.get(i);
            int awaited = i >= from && i < to ? unit.to - unit.from : 0;
            if (unit.in(samples) != awaited && unit.in(seen) == 0) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, ByteBuffer> read(Journal journal) {
        Map<String, ByteBuffer> states = new TreeMap<>();
        for (String component : journal.componentsWithState()) {
            states.put(component, ByteBuffer.wrap(journal.state(component).orElseThrow()));
        }
        return states;
    }
}
