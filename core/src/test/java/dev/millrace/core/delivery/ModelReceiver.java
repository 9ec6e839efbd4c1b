package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.InFlight;
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
 *   <li>What left comes again only in a request with the same samples in the same order, in a half of one that was to be
 *       split, or in what is left of one whose oldest samples may be given up; after a final answer it comes again only if
 *       there was a kill since and it was the last of its slots and tenant to leave, or a part of a request of which others
 *       had no answer. After a loss of power anything may come again.
 *   <li>It gets no series that is not for it.
 *   <li>A request has samples of one tenant, where they are told apart, in the order of time. Late ones are not with others.
 *   <li>In the end everything that was acknowledged is stored, refused or one of those that may be given up.
 * </ul>
 */
final class ModelReceiver {
    private final ModelSamples samples;
    private final BitSet stored = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet left = new BitSet();
    private final int[] newestStored = new int[ModelSamples.SERIES];
    private final Map<List<Call.Row>, Passage> passages = new HashMap<>();
    private final Map<Place, List<Call.Row>> lastOfPlace = new HashMap<>();
    private final Map<Integer, Call> openOfSlot = new HashMap<>();
    private final Map<InFlight, Family> families = new HashMap<>();
    private final long[] newestLeft = new long[ModelSamples.SERIES];
    private final BitSet counted = new BitSet();
    private final BitSet toBeCounted = new BitSet();
    private final ModelAllowance allowance;
    private final int acknowledgedBefore;
    private int requiredFrom;
    private int forgottenTo;
    private int life;
    private ModelOptions options = ModelOptions.DEFAULT;

    /** What is sent in order: a slot, or what a tenant has in it. */
    private record Place(int slot, int tenant) {}

    /** What happened to a request: the life in which it was finally answered, and whether that is known to be written. */
    private static final class Passage {
        private final Family family;
        private final Passage whole;
        private int answeredIn = Integer.MAX_VALUE;
        private boolean written;

        Passage(Family family, Passage whole) {
            this.family = family;
            this.whole = whole;
        }
    }

    /** A request that is sent in parts, which is done when all of them are, or one that is sent as it is. */
    private static final class Family {
        private final BitSet answered = new BitSet();
        private final int items;

        Family(int items) {
            this.items = items;
        }

        boolean isDone() {
            return answered.cardinality() == items;
        }
    }

    /** A receiver for samples handed over from now on. */
    ModelReceiver(ModelSamples samples, ModelAllowance allowance) {
        this.samples = samples;
        this.allowance = allowance;
        this.requiredFrom = samples.count();
        this.acknowledgedBefore = samples.everAcknowledged();
        Arrays.fill(newestStored, -1);
        killed();
    }

    /** Its flusher is told what to do, and has stopped before. */
    void configured(ModelOptions newOptions) {
        if (options.tenants() != newOptions.tenants() || options.without() != newOptions.without()) {
            left.clear();
            passages.clear();
            lastOfPlace.clear();
        }
        options = newOptions;
    }

    /** A request leaves. */
    void leaves(Call call) {
        int[] numbers = samples.of(call.rows);
        assertThat(IntStream.of(numbers).filter(number -> !options.wants(samples.series(number))))
                .as("samples of series that are not for it")
                .isEmpty();
        isInOrder(call, numbers);
        boolean again = IntStream.of(numbers).anyMatch(left::get);
        if (again) {
            mayLeaveAgain(call, numbers);
        }
        Request request = ((Attempt) call.slice).request();
        Family family = request.isPart()
                ? families.computeIfAbsent(request.recorded(), recorded -> new Family(recorded.items()))
                : new Family(numbers.length);
        Passage before = passages.get(call.rows);
        passages.put(call.rows, new Passage(family, before == null ? null : before.whole));
        for (int number : numbers) {
            int slot = samples.slot(number);
            Call open = openOfSlot.put(slot, call);
            assertThat(open == null || open == call || open.answer.isDone() || ((Attempt) open.slice).closed())
                    .as("slot %s is in no other request", slot)
                    .isTrue();
            lastOfPlace.put(place(number), call.rows);
            left.set(number);
        }
    }

    private void mayLeaveAgain(Call call, int[] numbers) {
        List<Call.Row> rows = passages.containsKey(call.rows) ? call.rows : withMore(numbers);
        Passage before = passages.get(rows);
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
            assertThat(isLast(rows, before, lastOfPlace.get(place(number))))
                    .as("%s, answered before, were the last of %s to leave", samplesAgain, place(number))
                    .isTrue();
        }
    }

    /* Also the whole of a part that was split, because what is written down of a part is the whole request. */
    private boolean isLast(List<Call.Row> rows, Passage passage, List<Call.Row> last) {
        Passage of = options.tenants() ? passages.get(last) : null;
        while (of != null && of != passage) {
            of = of.whole;
        }
        return of != null || rows.equals(last);
    }

    private Place place(int number) {
        String series = "s" + samples.series(number);
        return new Place(samples.slot(number), options.tenants() ? ModelSamples.tenant(series) : 0);
    }

    /* The smallest request that these are the newest samples of, the others of which may be given up; else null. */
    private List<Call.Row> withMore(int[] numbers) {
        int[] newest = IntStream.of(numbers).sorted().toArray();
        List<Call.Row> found = null;
        for (List<Call.Row> rows : passages.keySet()) {
            int[] all =
                    rows.stream().mapToInt(row -> (int) row.value()).sorted().toArray();
            int more = all.length - newest.length;
            if (more > 0
                    && Arrays.equals(newest, Arrays.copyOfRange(all, more, all.length))
                    && IntStream.of(all)
                            .limit(more)
                            .allMatch(sample -> !samples.kept(sample) || allowance.includes(sample))) {
                found = found == null || found.size() > rows.size() ? rows : found;
            }
        }
        return found;
    }

    private void isInOrder(Call call, int[] numbers) {
        boolean first = call.slice.attempt() == 0 && !call.slice.repeated();
        boolean late = false;
        boolean fresh = false;
        for (int i = 0; i < numbers.length; i++) {
            int series = samples.series(numbers[i]);
            long time = samples.time(numbers[i]);
            assertThat(i == 0 || samples.time(numbers[i - 1]) <= time)
                    .as("samples %s are in the order of time", Arrays.toString(numbers))
                    .isTrue();
            assertThat(place(numbers[i]).tenant).as("the tenant of a sample").isEqualTo(place(numbers[0]).tenant);
            late |= time < newestLeft[series];
            fresh |= !samples.isLate(numbers[i]);
        }
        assertThat(first && late && (fresh || options.late() == Late.DROP))
                .as("samples %s leave, of which some are late", Arrays.toString(numbers))
                .isFalse();
        for (int number : numbers) {
            if (first) {
                int series = samples.series(number);
                newestLeft[series] = Math.max(newestLeft[series], samples.time(number));
            }
        }
    }

    /** The destination stores all rows of a call. */
    void stores(Call call) {
        stores(call, call.rows);
    }

    /**
     * The destination stores some rows of a call. It takes no notice of those that were given up, and come behind others
     * after all: their call was abandoned before, or the power took away what was known of it.
     */
    void stores(Call call, List<Call.Row> rows) {
        boolean abandoned = ((Attempt) call.slice).closed();
        int[] numbers = samples.of(rows);
        for (int number : numbers) {
            if ((abandoned || number < forgottenTo)
                    && allowance.includes(number)
                    && !stored.get(number)
                    && number < newestStored[samples.series(number)]) {
                refused.set(number);
            }
        }
        int[] newest = newestStored.clone();
        for (int number : numbers) {
            if (!settled(number)) {
                int series = samples.series(number);
                assertThat(number).as("a sample of series %s in order", series).isGreaterThan(newestStored[series]);
                newest[series] = Math.max(newest[series], number);
            }
        }
        System.arraycopy(newest, 0, newestStored, 0, newest.length);
        IntStream.of(numbers).filter(number -> !settled(number)).forEach(stored::set);
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
            IntStream.of(samples.of(call.rows)).forEach(passage.family.answered::set);
            if (passage.family.isDone()) {
                toBeCounted.or(passage.family.answered);
            }
        }
    }

    /** A request is to come in halves. */
    void splits(Call call) {
        Passage whole = passages.get(call.rows);
        if (whole != null) {
            whole.answeredIn = life;
        }
        List<Call.Row> byItem = call.rows.stream()
                .sorted(Comparator.comparingLong(Call.Row::value))
                .toList();
        int middle = byItem.size() / 2;
        for (List<Call.Row> part : List.of(byItem.subList(0, middle), byItem.subList(middle, byItem.size()))) {
            passages.put(
                    part.stream()
                            .sorted(Comparator.comparingLong(Call.Row::timestamp))
                            .toList(),
                    new Passage(whole == null ? new Family(part.size()) : whole.family, whole));
        }
    }

    /** What was answered so far is counted, and stays so unless the power goes. */
    void countsAnswers() {
        counted.or(toBeCounted);
        toBeCounted.clear();
    }

    /** The flusher has stopped; {@code written} says that all answers are written down. */
    void stopped(boolean written) {
        if (written) {
            countsAnswers();
            passages.values().stream()
                    .filter(passage -> passage.answeredIn == life && passage.family.isDone())
                    .forEach(passage -> passage.written = true);
        }
        killed();
    }

    void killed() {
        life++;
        openOfSlot.clear();
        families.clear();
        toBeCounted.clear();
        Arrays.fill(newestLeft, Long.MIN_VALUE);
    }

    void powerLost() {
        killed();
        forgottenTo = samples.count();
        counted.clear();
        left.clear();
        passages.clear();
        lastOfPlace.clear();
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
        return isMissing(sample) && !allowance.includes(sample);
    }

    private boolean isMissing(int sample) {
        return sample >= requiredFrom && samples.kept(sample) && !settled(sample);
    }

    /** How many samples were acknowledged and are neither stored nor refused. */
    int missing() {
        return (int) IntStream.range(requiredFrom, samples.count())
                .filter(this::isMissing)
                .count();
    }

    /** How many samples are not known to be counted as stored or refused. */
    int notCounted() {
        return samples.count() - acknowledgedBefore - counted.cardinality();
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
