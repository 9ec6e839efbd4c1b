package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.SimulatedDisk;
import dev.millrace.core.journal.SteppedTurns;
import dev.millrace.core.journal.TailBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process with one pipeline's journal and deliveries, and the disk that outlives it. Everything runs on one thread in
 * virtual time; who takes the next turn is thrown with dice.
 */
final class ModelHost {
    private static final Path FOLDER = Path.of("web");
    private static final long SCARCITY_NANOS = 300_000_000;
    private static final int MOST_TURNS = 100_000;
    private static final int MOST_SEGMENTS_IN_THE_END = 3;

    private final ModelTampering tampering;
    private final JournalSettings settings;
    private final ModelSamples samples = new ModelSamples();
    private final ModelLog log = new ModelLog(samples, () -> SteppedTurns.millis(now()));
    private final List<ModelFlusher> flushers = new ArrayList<>();
    private SimulatedDisk disk = new SimulatedDisk();
    private FileAccess files;
    private SteppedTurns turns;
    private Journal journal;
    private long now;
    private long limitedAt = Long.MIN_VALUE / 2;
    private int flushersMade;
    private boolean calm;

    ModelHost(ModelTampering tampering, Random random) {
        this.tampering = tampering;
        int dice = random.nextInt(10);
        settings = JournalSettings.DEFAULT
                .withDurability(dice < 7 ? Durability.FSYNC : dice < 9 ? Durability.WRITE : Durability.MEMORY)
                .withSegmentBytes(500 + random.nextInt(8000))
                .withMaxBytes(random.nextInt(4) == 0 ? 20_000 : 1L << 30)
                .withQueueBytes(random.nextInt(4) == 0 ? 20_000 : 32 << 20);
    }

    SimulatedDisk disk() {
        return disk;
    }

    private long now() {
        return now;
    }

    List<ModelFlusher> flushers() {
        return flushers;
    }

    void dice(Random random) {
        disk.dice(new Random(random.nextLong()));
    }

    /** Opens the journal and begins to deliver; what the disk does to that is mended once. */
    void open(Random random) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                tryToOpen(random);
                return;
            } catch (IOException e) {
                if (disk.lies()) {
                    log.lied();
                    loseUnforced();
                }
                if (disk.dead()) {
                    disk = disk.afterKill();
                } else if (!disk.sick() && attempt > 20) {
                    throw new AssertionError("the journal does not open: " + e.getMessage(), e);
                }
                disk.heal();
            }
        }
    }

    private void tryToOpen(Random random) throws IOException {
        files = tampering.apply(disk);
        turns = new SteppedTurns();
        TailBuffer tail = new TailBuffer(random.nextBoolean() ? 1 << 20 : 2000);
        journal = turns.open(FOLDER, files, settings, tail, log, now);
        journal.onCommit(() -> flushers.forEach(ModelFlusher::committed));
        for (ModelFlusher flusher : flushers) {
            assertThat(journal.cursors()).as("the cursors in the folder").contains(flusher.name);
        }
        log.audit(journal, flushers);
        for (ModelFlusher flusher : flushers) {
            flusher.start(disk, files, FOLDER, journal, now, random);
        }
    }

    void append(Random random, int rows) {
        log.append(journal, disk, samples.batch(random, rows), random.nextBoolean());
    }

    /** Appends a batch with samples that are older than others of their series. */
    void appendLate(Random random, int rows) {
        log.append(journal, disk, samples.lateBatch(random, rows), random.nextBoolean());
    }

    void appendStates(Random random, int mostRows) {
        log.append(journal, disk, random, mostRows);
    }

    /** Ends the process in good order, and begins another. */
    void stop(Random random) throws IOException {
        int failures = disk.failures();
        flushers.forEach(ModelFlusher::stop);
        pass(random, Duration.ofSeconds(5).toNanos());
        if (disk.dead()) {
            return;
        }
        assertThat(flushers).as("flushers that were stopped").allMatch(ModelFlusher::ended);
        try {
            journal.close();
        } catch (IOException e) {
            causedByDisk(e, failures);
        }
        if (disk.dead()) {
            return;
        }
        boolean written = failures == disk.failures();
        flushers.forEach(flusher -> flusher.receiver.stopped(written));
        assertThat(log.awaited()).as("batches without an answer").isZero();
        reopen(false, random);
    }

    /** Ends the process at once, and begins another. */
    void crash(boolean power, Random random) throws IOException {
        flushers.forEach(ModelFlusher::kill);
        flushers.forEach(flusher -> flusher.receiver.killed());
        log.crashed();
        reopen(power, random);
    }

    /** The power goes while the journal stores a large batch. */
    void tear(Random random) throws IOException {
        log.append(journal, disk, samples.batch(random, 60 + random.nextInt(200)), true);
        disk.dieAfter(1);
        while (turns.due() && !disk.dead()) {
            journalStep();
        }
        disk.dieAfter(Long.MAX_VALUE);
        disk.tear();
        crash(true, random);
    }

    /* What is written but not forced is lost with the power, and may be where a force has failed. */
    private void reopen(boolean power, Random random) throws IOException {
        boolean unforcedIsLost = power || disk.lies();
        if (disk.lies()) {
            log.lied();
        }
        if (settings.durability() == Durability.MEMORY) {
            disk = new SimulatedDisk();
            flushers.clear();
        } else {
            disk = power ? disk.afterPowerLoss() : disk.afterKill();
        }
        if (settings.durability() == Durability.MEMORY || unforcedIsLost) {
            loseUnforced();
        }
        dice(random);
        if (!calm && random.nextInt(4) == 0) {
            disk.dieAfter(random.nextInt(20));
        }
        open(random);
    }

    private void loseUnforced() {
        flushers.forEach(flusher -> flusher.receiver.powerLost());
        if (settings.durability() == Durability.FSYNC) {
            log.powerLost();
        } else {
            samples.forget();
            log.mayLose();
        }
    }

    /** Gives the journal another flusher, if the disk lets it. */
    void add(Random random) {
        ModelFlusher added = new ModelFlusher("f" + flushersMade++, samples, tampering, this::isScarce);
        try {
            added.start(disk, files, FOLDER, journal, now, random);
            flushers.add(added);
        } catch (IOException e) {
            causedByDisk(e, 0);
        }
    }

    private void causedByDisk(IOException e, int failuresBefore) {
        assertThat(disk.dead() || disk.failures() > failuresBefore)
                .as("the disk failed: %s", e.getMessage())
                .isTrue();
    }

    /** Takes a flusher and its backlog away. */
    void remove(ModelFlusher removed, Random random) throws IOException {
        if (!halt(removed, random)) {
            return;
        }
        flushers.remove(removed);
        try {
            journal.removeCursor(removed.name);
        } catch (IOException e) {
            causedByDisk(e, 0);
        }
    }

    /** Ends a flusher's delivery in good order, and begins another. */
    void restart(ModelFlusher flusher, Random random) throws IOException {
        if (halt(flusher, random)) {
            flusher.start(disk, files, FOLDER, journal, now, random);
        }
    }

    /** Ends a flusher's delivery in good order, and begins another that is set up in another way. */
    void reconfigure(ModelFlusher flusher, Random random) throws IOException {
        if (halt(flusher, random)) {
            flusher.configure(ModelOptions.random(random));
            flusher.start(disk, files, FOLDER, journal, now, random);
        }
    }

    private boolean halt(ModelFlusher flusher, Random random) throws IOException {
        int failures = disk.failures();
        flusher.stop();
        pass(random, Duration.ofSeconds(5).toNanos());
        if (disk.dead()) {
            return false;
        }
        assertThat(flusher.ended()).as("%s is stopped", flusher).isTrue();
        flusher.receiver.stopped(failures == disk.failures());
        return true;
    }

    void trim() {
        int failures = disk.failures();
        try {
            journal.trim();
        } catch (IOException e) {
            causedByDisk(e, failures);
        }
    }

    /** Lets time pass. */
    void pass(Random random, long nanos) throws IOException {
        long end = now + nanos;
        allTurns(random);
        for (long next = next(); next <= end && !disk.dead(); next = next()) {
            passTo(Math.max(now, next));
            allTurns(random);
        }
        passTo(end);
        allTurns(random);
    }

    private long next() {
        long next = turns.next();
        for (ModelFlusher flusher : flushers) {
            next = Math.min(next, flusher.next());
        }
        return next;
    }

    private void passTo(long time) {
        noteRoom();
        now = time;
        turns.passTo(time);
        flushers.forEach(flusher -> flusher.passTo(time));
    }

    /** All turns that can be taken at this moment. */
    void allTurns(Random random) throws IOException {
        turns(random, MOST_TURNS);
        assertThat(disk.dead() || nobodyIsDue()).as("everybody is at rest").isTrue();
    }

    private boolean nobodyIsDue() {
        return !turns.due() && flushers.stream().noneMatch(ModelFlusher::due);
    }

    /** Some turns, of whoever has something to do. */
    void turns(Random random, int most) throws IOException {
        for (int i = 0; i < most && !disk.dead() && !nobodyIsDue(); i++) {
            int who = random.nextInt(flushers.size() + 1);
            if (who < flushers.size()) {
                if (flushers.get(who).due()) {
                    flushers.get(who).step(random);
                }
            } else if (turns.due()) {
                journalStep();
            }
        }
    }

    private void journalStep() {
        boolean refuses = disk.failures() == 0 && flushers.stream().anyMatch(ModelFlusher::refuses);
        long end = journal.end();
        turns.step();
        assertThat(refuses ? journal.end() : end)
                .as("the journal's end, where a flusher that refuses is at its limit")
                .isEqualTo(end);
    }

    private void noteRoom() {
        limitedAt = disk.limited() ? now : limitedAt;
    }

    private boolean isScarce() {
        noteRoom();
        return now - limitedAt <= SCARCITY_NANOS;
    }

    /** What holds at every moment. */
    void check() {
        noteRoom();
        flushers.forEach(ModelFlusher::balances);
        assertThat(disk.violations()).as("violations").isEmpty();
        log.check(journal);
    }

    /** The disk is well, everything is delivered, and then everything is where it should be. */
    void end(Random random) throws IOException {
        calm = true;
        if (disk.dead()) {
            crash(false, random);
        }
        disk.heal();
        disk.capacity(Long.MAX_VALUE);
        disk.dieAfter(Long.MAX_VALUE);
        flushers.forEach(ModelFlusher::calm);
        removeGone();
        pass(random, Duration.ofMinutes(3).toNanos());
        check();
        finish(random);
        stop(random);
        removeGone();
        finish(random);
        log.check(journal);
        isTrimmed();
    }

    /* Cursors of flushers that were removed while the disk did not let their files go. */
    private void removeGone() throws IOException {
        for (String gone : journal.cursors()) {
            if (flushers.stream().noneMatch(flusher -> flusher.name.equals(gone))) {
                journal.removeCursor(gone);
            }
        }
    }

    private void finish(Random random) throws IOException {
        int before = samples.count();
        log.append(journal, disk, samples.batch(), true);
        pass(random, Duration.ofSeconds(10).toNanos());
        assertThat(samples.kept(before)).as("a batch in the end is taken").isTrue();
        assertThat(journal.refusal()).isEmpty();
        for (ModelFlusher flusher : flushers) {
            flusher.receiver.hasEverything();
            flusher.balances();
            assertThat(flusher.counts().backlog()).as("backlog of %s", flusher).isZero();
            flusher.isCounted(log.losses());
        }
    }

    /* What could neither be begun nor deleted goes when the next life has found it. */
    private void isTrimmed() throws IOException {
        journal.trim();
        long segments =
                disk.list(FOLDER).stream().filter(name -> name.endsWith(".seg")).count();
        assertThat(flushers.isEmpty() ? 0 : segments)
                .as("segments in the end: %s", disk.list(FOLDER))
                .isLessThanOrEqualTo(MOST_SEGMENTS_IN_THE_END);
    }
}
