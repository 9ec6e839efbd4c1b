package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.delivery.ModelStates.Unit;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalReader;
import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.core.journal.SimulatedDisk;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The judge of what the journal says and holds: each batch is answered once, what was acknowledged is there as long as a
 * receiver awaits it, an item number has one meaning, and no more is damaged than a loss of power may tear.
 */
final class ModelLog implements JournalEvents {
    private final ModelSamples samples;
    private final LongSupplier clock;
    private final ModelStates states = new ModelStates();
    private final Map<Long, Integer> sampleOf = new HashMap<>();
    private int awaited;
    private int life;
    private boolean lost;
    private long damaged;
    private long missing;
    private boolean lied;
    private boolean statesLost;
    private long nextItem;

    /** A judge; {@code clock} tells the milliseconds since the epoch. */
    ModelLog(ModelSamples samples, LongSupplier clock) {
        this.samples = samples;
        this.clock = clock;
    }

    /** Appends a batch of the samples that were made last. */
    void append(Journal journal, SimulatedDisk disk, MetricBatch batch, boolean waiting) {
        awaited++;
        Unit unit = new Unit(Map.of(), samples.count() - batch.size(), samples.count());
        journal.append(batch, new Answer(journal, disk, unit, waiting));
    }

    /** Appends some batches of new samples, or none, and new states of components. */
    void append(Journal journal, SimulatedDisk disk, Random random, int mostRows) {
        awaited++;
        int from = samples.count();
        List<EventBatch> output = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            output.add(samples.batch(random, 1 + random.nextInt(mostRows)));
        }
        Unit unit = new Unit(states.changes(random), from, samples.count());
        states.appended(unit);
        journal.append(output, unit.changes(), new Answer(journal, disk, unit, random.nextBoolean()));
    }

    /** How many batches have no answer yet. */
    int awaited() {
        return awaited;
    }

    /** No answer comes any more. */
    void crashed() {
        awaited = 0;
        life++;
    }

    /** What was not acknowledged may be gone, and its numbers may be given to others. */
    void powerLost() {
        sampleOf.values().removeIf(sample -> !samples.kept(sample));
    }

    /** What was never stored, because a force failed, was read and then is gone; nothing of that was acknowledged. */
    void lied() {
        lied = true;
    }

    /** What was acknowledged may be lost. */
    void mayLose() {
        lost = true;
        statesLost = true;
        sampleOf.clear();
    }

    /** Reads everything that a flusher has not done. */
    void audit(Journal journal, List<ModelFlusher> flushers) throws IOException {
        damaged = 0; // each life finds it again
        missing = 0;
        nextItem = journal.end();
        BitSet found = new BitSet();
        long lowest = journal.end();
        for (ModelFlusher flusher : flushers) {
            lowest = Math.min(lowest, journal.cursor(flusher.name).state().lowest());
        }
        assertThat(lost || lied ? 0 : journal.statistics().first())
                .as("the first item stored, where a cursor waits for %s", lowest)
                .isLessThanOrEqualTo(lowest);
        try (JournalReader reader = journal.reader(lowest)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                MetricBatch batch = (MetricBatch) entry.batch();
                for (int row = 0; row < batch.size(); row++) {
                    int sample = samples.of(batch, row);
                    Integer before = sampleOf.put(entry.firstItem() + row, sample);
                    assertThat(before == null || before == sample)
                            .as("item %s is sample %s and was %s", entry.firstItem() + row, sample, before)
                            .isTrue();
                    found.set(sample);
                }
            }
        }
        for (ModelFlusher flusher : flushers) {
            for (int sample = 0; sample < samples.count(); sample++) {
                assertThat(found.get(sample) || !flusher.receiver.awaits(sample))
                        .as("sample %s, which was acknowledged and %s awaits, is in the journal", sample, flusher)
                        .isTrue();
            }
        }
        auditStates(journal, flushers.isEmpty() ? null : found);
    }

    private void auditStates(Journal journal, BitSet found) {
        if (statesLost) {
            states.lost(journal);
            statesLost = false;
        } else {
            states.audit(journal, found, lied);
        }
    }

    /** How many items may be counted as damaged. */
    long losses() {
        return lost ? Long.MAX_VALUE : samples.neverAcknowledged();
    }

    void check(Journal journal) {
        states.check(journal);
        assertThat(journal.end()).as("the number behind the last item").isEqualTo(nextItem);
        assertThat(lost ? 0 : missing)
                .as("items that a cursor waits for and no segment holds")
                .isLessThanOrEqualTo(lied ? samples.neverAcknowledged() : 0);
        assertThat(damaged).as("damaged items").isLessThanOrEqualTo(losses());
    }

    @Override
    public void damage(String file, long items, String message) {
        damaged += items;
        missing += message.endsWith("are in no segment") ? items : 0;
    }

    @Override
    public void cursorLost(String flusher, long restart) {
        throw new AssertionError("the cursor of " + flusher + " is damaged");
    }

    @Override
    public void listenerFailed(Throwable failure) {
        throw new AssertionError("a listener or an acknowledgement failed", failure);
    }

    private final class Answer implements Acknowledgement {
        private final Journal journal;
        private final SimulatedDisk disk;
        private final Unit unit;
        private final boolean waiting;
        private final int appendedIn = life;
        private boolean answered;

        Answer(Journal journal, SimulatedDisk disk, Unit unit, boolean waiting) {
            this.journal = journal;
            this.disk = disk;
            this.unit = unit;
            this.waiting = waiting;
        }

        @Override
        public void committed() {
            answered();
            if (!disk.dead()) {
                numbered();
                if (!unit.changes().isEmpty()) {
                    states.acknowledged(unit);
                }
            }
        }

        /* Items are numbered in the order in which they are acknowledged. */
        private void numbered() {
            long first = nextItem;
            nextItem += unit.to() - unit.from();
            assertThat(nextItem).as("the number behind what is acknowledged").isLessThanOrEqualTo(journal.end());
            samples.acknowledged(unit.from(), unit.to(), first, clock.getAsLong());
            for (int sample = unit.from(); sample < unit.to(); sample++) {
                sampleOf.put(first + sample - unit.from(), sample);
            }
        }

        @Override
        public void refused(Refusal refusal) {
            answered();
        }

        @Override
        public boolean waiting() {
            return waiting;
        }

        private void answered() {
            assertThat(answered).as("answered before").isFalse();
            assertThat(appendedIn).as("answered in the life it was appended in").isEqualTo(life);
            answered = true;
            awaited--;
        }
    }
}
