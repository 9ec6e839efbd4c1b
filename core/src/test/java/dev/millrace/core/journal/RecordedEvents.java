package dev.millrace.core.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The events of a journal, for tests to look at. */
final class RecordedEvents implements JournalEvents {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final AtomicLong damaged = new AtomicLong();
    final AtomicLong tornItems = new AtomicLong();
    final AtomicLong skippedItems = new AtomicLong();
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();

    @Override
    public void damage(String file, long items, String message) {
        damaged.addAndGet(items);
        messages.add("damage " + file + ": " + items + ": " + message);
    }

    @Override
    public void torn(String file, long atMost, String message) {
        tornItems.addAndGet(atMost);
        messages.add("torn " + file + ": at most " + atMost + ": " + message);
    }

    @Override
    public void skipped(String file, int kind, long items) {
        skippedItems.addAndGet(items);
        messages.add("skipped " + kind);
    }

    @Override
    public void cursorLost(String flusher, long restart) {
        messages.add("cursor lost " + flusher + " " + restart);
    }

    @Override
    public void committed(int batches, long items, long bytes, double seconds) {
        commits.incrementAndGet();
    }

    @Override
    public void forced(double seconds) {
        forces.incrementAndGet();
    }

    @Override
    public void failed(boolean diskFull, String message) {
        messages.add((diskFull ? "disk full: " : "failed: ") + message);
    }

    @Override
    public void unfit(String message) {
        messages.add("unfit: " + message);
    }

    @Override
    public void recovered() {
        messages.add("recovered");
    }

    @Override
    public void full(String flusher, String message) {
        messages.add("full " + flusher);
    }

    @Override
    public void released(String flusher) {
        messages.add("released " + flusher);
    }

    @Override
    public void listenerFailed(Throwable failure) {
        failures.add(failure);
    }
}
