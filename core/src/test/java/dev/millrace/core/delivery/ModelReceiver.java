package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a flusher's destination holds, and the judge of what it is sent.
 *
 * <ul>
 *   <li>Every sample is one that was handed to the journal, as it was.
 *   <li>The samples of a series are stored in order; what comes again, or was refused, changes nothing.
 *   <li>No slot is in two requests at once.
 *   <li>What left comes again only in a request with the same samples in the same order, or in a half of one that was to be
 *       split; after a final answer it comes again only if there was a kill since and it was the last of its slots to
 *       leave. After a loss of power anything may come again.
 *   <li>In the end everything that was acknowledged is stored or refused.
 * </ul>
 */
final class ModelReceiver {
    private final ModelSamples samples;
    private final BitSet stored = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet left = new BitSet();
    private final int[] newestStored = new int[ModelSamples.SERIES];
    private final Map<List<Call.Row>, Passage> passages = new HashMap<>();
    private final Map<Integer, List<Call.Row>> lastOfSlot = new HashMap<>();
    private final Map<Integer, Call> openOfSlot = new HashMap<>();
    private int requiredFrom;
    private int life;

    /** What happened to a request: the life in which it was finally answered, and whether that is known to be written. */
    private static final class Passage {
        private int answeredIn = Integer.MAX_VALUE;
        private boolean written;
    }

    /** A receiver for samples handed over from now on. */
    ModelReceiver(ModelSamples samples) {
        this.samples = samples;
        this.requiredFrom = samples.count();
        Arrays.fill(newestStored, -1);
    }

    /** A request leaves. */
    void leaves(Call call) {
        int[] numbers = samples.of(call.rows);
        boolean again = IntStream.of(numbers).anyMatch(left::get);
        if (again) {
            mayLeaveAgain(call, numbers);
        }
        passages.put(call.rows, new Passage());
        for (int number : numbers) {
            int slot = samples.slot(number);
            Call open = openOfSlot.put(slot, call);
            assertThat(open == null || open == call || open.answer.isDone() || ((Attempt) open.slice).closed())
                    .as("slot %s is in no other request", slot)
                    .isTrue();
            lastOfSlot.put(slot, call.rows);
            left.set(number);
        }
    }

    private void mayLeaveAgain(Call call, int[] numbers) {
        Passage before = passages.get(call.rows);
        assertThat(before)
                .as("samples %s left before, with the same boundaries", Arrays.toString(numbers))
                .isNotNull();
        if (before.answeredIn > life) {
            return;
        }
        String samplesAgain = "samples " + Arrays.toString(numbers);
        assertThat(before.written)
                .as("%s were answered, and a stop wrote that down", samplesAgain)
                .isFalse();
        assertThat(before.answeredIn)
                .as("%s were answered in an earlier life", samplesAgain)
                .isLessThan(life);
        for (int number : numbers) {
            assertThat(lastOfSlot.get(samples.slot(number)))
                    .as("%s, answered before, were the last of slot %s to leave", samplesAgain, samples.slot(number))
                    .isEqualTo(call.rows);
        }
    }

    /** The destination stores rows. */
    void stores(List<Call.Row> rows) {
        for (int number : samples.of(rows)) {
            if (!settled(number)) {
                int series = samples.series(number);
                assertThat(number).as("a sample of series %s in order", series).isGreaterThan(newestStored[series]);
                newestStored[series] = number;
                stored.set(number);
            }
        }
    }

    /** The destination will never store rows, and says so. */
    void refuses(List<Call.Row> rows) {
        for (int number : samples.of(rows)) {
            refused.set(number);
        }
    }

    /** A request got its final answer. */
    void answered(Call call) {
        Passage passage = passages.get(call.rows);
        if (passage != null) {
            passage.answeredIn = life;
        }
    }

    /** A request is to come in halves. */
    void splits(Call call) {
        answered(call);
        List<Call.Row> byItem = call.rows.stream()
                .sorted(Comparator.comparingLong(Call.Row::value))
                .toList();
        int middle = byItem.size() / 2;
        for (List<Call.Row> part : List.of(byItem.subList(0, middle), byItem.subList(middle, byItem.size()))) {
            passages.putIfAbsent(
                    part.stream()
                            .sorted(Comparator.comparingLong(Call.Row::timestamp))
                            .toList(),
                    new Passage());
        }
    }

    /** The flusher has stopped; {@code written} says that all answers are written down. */
    void stopped(boolean written) {
        passages.values().stream()
                .filter(passage -> passage.answeredIn <= life)
                .forEach(passage -> passage.written |= written);
        killed();
    }

    void killed() {
        life++;
        openOfSlot.clear();
    }

    void powerLost() {
        killed();
        left.clear();
        passages.clear();
        lastOfSlot.clear();
    }

    /** Its place is lost: it gets what comes from now on. */
    void beginsAnew() {
        requiredFrom = samples.count();
    }

    boolean settled(int sample) {
        return stored.get(sample) || refused.get(sample);
    }

    /** Whether a sample must come yet. */
    boolean awaits(int sample) {
        return sample >= requiredFrom && samples.kept(sample) && !settled(sample);
    }

    /** How many samples are stored or refused. */
    int settled() {
        BitSet settled = (BitSet) stored.clone();
        settled.or(refused);
        return settled.cardinality();
    }

    int refused() {
        return refused.cardinality();
    }

    void hasEverything() {
        for (int number = requiredFrom; number < samples.count(); number++) {
            assertThat(awaits(number))
                    .as("sample %s, which was acknowledged, never came", number)
                    .isFalse();
        }
    }
}
