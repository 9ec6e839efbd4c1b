package dev.millrace.core.delivery;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters of one flusher again: encoded anew, outside of the lanes, one request after the other. What is
 * rejected again becomes a letter with the new answer. Thread-safe.
 *
 * <p>A letter goes when the destination has it, so that a kill in between repeats it and loses nothing. Its items were
 * counted when they were rejected; what becomes of them here is counted apart.
 */
public final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int LONGEST_REASON = 300;

    private final DeliverySettings settings;
    private final DeadLetterFolder letters;
    private final GroupedFlusher flusher;
    private final Executor workers;
    private final Clock clock;
    private final Groups groups;
    private final Object turn = new Object();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CompletableFuture<Outcome> stopped = new CompletableFuture<>();

    /** A replay of what is in a folder, to a flusher that runs. */
    public Replay(
            DeliverySettings settings,
            DeadLetterFolder letters,
            GroupedFlusher flusher,
            Executor workers,
            Clock clock) {
        this.settings = settings;
        this.letters = letters;
        this.flusher = flusher;
        this.workers = workers;
        this.clock = clock;
        this.groups = new Groups(flusher, new Complaints(LOG, settings.name(), TimeUnit.SECONDS.toNanos(1)));
    }

    /**
     * What became of items that were sent again, since the flusher started.
     *
     * @param delivered items that the destination took
     * @param rejected items that it rejected again
     * @param dropped items that could not be sent
     */
    public record Counts(long delivered, long rejected, long dropped) {}

    /**
     * What came of a replay.
     *
     * @param letters how many letters were sent
     * @param counts what became of their items
     * @param unreadable the names of files that stay because none of their items can be read
     * @param left why it ended before the last letter; an empty text where it did not
     */
    public record Result(int letters, Counts counts, List<String> unreadable, String left) {
        public Result {
            unreadable = List.copyOf(unreadable);
        }
    }

    /** What became of the parts of one letter. */
    private record Answers(List<DeadLetter> again, long delivered, long dropped, String trouble) {}

    /** Sends the letters whose files are chosen, and returns when all are done or one cannot be delivered now. */
    public Result run(Predicate<String> chosen) throws IOException, InterruptedException {
        synchronized (turn) {
            Counts before = counts();
            int sent = 0;
            List<String> unreadable = new ArrayList<>();
            String left = "";
            for (String name : letters.names()) {
                if (!chosen.test(name)) {
                    continue;
                }
                DeadLetterFolder.@Nullable Stored stored = letters.read(name);
                if (stored == null) {
                    continue; // it was deleted since it was listed
                }
                if (stored.isUnreadable()) {
                    LOG.warn("{}: nothing of the dead letter {} can be read; it stays", settings.name(), name);
                    unreadable.add(name);
                    continue;
                }
                left = send(name, stored);
                if (!left.isEmpty()) {
                    break;
                }
                sent++;
            }
            Counts after = counts();
            Counts counts = new Counts(
                    after.delivered() - before.delivered(),
                    after.rejected() - before.rejected(),
                    after.dropped() - before.dropped());
            LOG.info("{}: replayed {} dead letters: {}", settings.name(), sent, counts);
            return new Result(sent, counts, unreadable, left);
        }
    }

    /** What became of items so far. */
    public Counts counts() {
        return new Counts(delivered.get(), rejected.get(), dropped.get());
    }

    /** Has a replay end as soon as it can, without what it waits for. */
    public void stop() {
        stopped.complete(new Outcome.Held("the flusher stops"));
    }

    /* Sends all letters of a file, which holds several where an earlier version wrote it, and puts what is left of them in
    its place. Returns why one could not be delivered, or an empty text. */
    private String send(String name, DeadLetterFolder.Stored stored) throws IOException, InterruptedException {
        if (stored.damaged() > 0) {
            String copied;
            try {
                copied = letters.keepDamaged(name); // before anything is sent: what cannot be kept stays where it is
            } catch (IOException e) {
                return OneLine.of(
                        "the damaged bytes of " + name + " cannot be copied: " + e.getMessage(), LONGEST_REASON);
            }
            LOG.warn(
                    "{}: {} items of the dead letter {} are damaged{}",
                    settings.name(),
                    stored.damaged(),
                    name,
                    copied);
        }
        List<DeadLetter> inFile = stored.letters();
        List<DeadLetter> left = new ArrayList<>();
        long rejectedAgain = 0;
        long taken = 0;
        long lost = 0;
        int done = 0;
        String trouble = "";
        while (done < inFile.size()) {
            Answers answers = send(inFile.get(done));
            trouble = answers.trouble();
            if (!trouble.isEmpty()) {
                break;
            }
            left.addAll(answers.again());
            rejectedAgain +=
                    answers.again().stream().mapToLong(DeadLetter::items).sum();
            taken += answers.delivered();
            lost += answers.dropped();
            done++;
        }
        if (done > 0) {
            lost += stored.damaged();
            left.addAll(inFile.subList(done, inFile.size()));
            letters.replace(name, left, clock.millis());
            rejected.addAndGet(rejectedAgain);
            delivered.addAndGet(taken);
            dropped.addAndGet(lost);
        }
        return trouble;
    }

    private Answers send(DeadLetter letter) throws InterruptedException {
        Deque<Request> parts = new ArrayDeque<>(requests(letter.batches()));
        List<DeadLetter> again = new ArrayList<>();
        long taken = 0;
        long lost = 0;
        while (!parts.isEmpty()) {
            Request request = parts.remove();
            Outcome outcome = attempt(request);
            if (outcome instanceof Outcome.Split split) {
                outcome = request.size() == 1 ? split.alone() : outcome;
            }
            if (outcome instanceof Outcome.Delivered done) {
                long without = Math.min(
                        request.size(),
                        done.dropped().values().stream()
                                .mapToLong(Integer::longValue)
                                .sum());
                taken += request.size() - without;
                lost += without;
            } else if (outcome instanceof Outcome.Rejected refused) {
                again.add(new DeadLetter(
                        clock.millis(),
                        letter.flusher(),
                        OneLine.of(refused.status(), Verdicts.LONGEST_REASON),
                        refused.answer(),
                        Math.max(0, Math.min(refused.delivered(), request.size())),
                        SentRows.of(request)));
            } else if (outcome instanceof Outcome.Split) {
                List<Request> halves = request.split();
                parts.addFirst(halves.get(1));
                parts.addFirst(halves.get(0));
            } else {
                return new Answers(List.of(), 0, 0, OneLine.of(reason(outcome), LONGEST_REASON));
            }
        }
        return new Answers(again, taken, lost, "");
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason();
        }
        if (outcome instanceof Outcome.NotSent refused) {
            return refused.reason();
        }
        return outcome instanceof Outcome.Held held ? held.reason() : outcome.toString();
    }

    private Outcome attempt(Request request) throws InterruptedException {
        if (stopped.isDone()) {
            return stopped.join();
        }
        long limit = settings.sendDeadline().toMillis();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        Attempt attempt = new Attempt(
                request,
                false,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit),
                (sent, protocol, checksum) -> CompletableFuture.completedStage(null));
        new SendCall(flusher, attempt, answer::complete).on(workers);
        try {
            return (Outcome) CompletableFuture.anyOf(answer, stopped).get(limit, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            flusher.sendGivenUp();
            return new Outcome.Held("no answer within " + limit / 1000 + " s");
        } catch (ExecutionException e) {
            return new Outcome.Held(SendCall.describe(e));
        } finally {
            attempt.close();
        }
    }

    private List<Request> requests(List<EventBatch> batches) {
        List<Entry> entries = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        long item = 0;
        for (EventBatch batch : batches) {
            Entry entry = new Entry(item, clock.millis(), batch);
            item = entry.end();
            for (int row = 0; row < batch.size(); row++) {
                entries.add(entry);
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        Request all = new Request(
                ~0L,
                entries.toArray(Entry[]::new),
                rows.stream().mapToInt(Integer::intValue).toArray(),
                false);
        return all.groups(groups, System.nanoTime());
    }

    /** The counts as metrics name them. */
    public Map<String, Long> byResult() {
        Counts now = counts();
        return Map.of("delivered", now.delivered(), "rejected", now.rejected(), "dropped", now.dropped());
    }
}
