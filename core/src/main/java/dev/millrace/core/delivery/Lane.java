package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of slots whose rows are sent one request after the other, which keeps every series in order.
 *
 * <p>Rows wait in the queue, are cut into a request, and stay in it until its outcome is final. A request that was split,
 * or recorded in an earlier life, waits before the queue. When slots move to another lane, the rows in the queue go with
 * them; requests stay, with the slots that they were made of.
 */
final class Lane {
    private final int number;
    private final Backoff backoff;
    private final Groups groups;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private long slots;
    private RowQueue queue;
    private @Nullable Request request;
    private @Nullable Attempt attempt;
    private long notBefore = Long.MIN_VALUE;
    private boolean leftRows;
    private long requestBytes;
    private long sentAt;
    private long failingSince = Long.MAX_VALUE;
    private long deliveredAt = Long.MIN_VALUE;

    /** A lane of slots, one bit for each; one without slots only sends the requests that it is given. */
    Lane(int number, long slots, RowQueue queue, Backoff backoff, Groups groups) {
        this.number = number;
        this.slots = slots;
        this.queue = queue;
        this.backoff = backoff;
        this.groups = groups;
    }

    long slots() {
        return slots;
    }

    /** Moves some of its slots, with the rows that wait in them, to another lane. */
    void give(int count, Lane taker) {
        long given = 0;
        for (int i = 0; i < count; i++) {
            given |= Long.lowestOneBit(slots & ~given);
        }
        slots &= ~given;
        taker.slots |= given;
        taker.queue = taker.queue.with(queue, taker.slots);
        queue = queue.with(queue.none(), slots);
    }

    /** The slots of the requests that were made here and are not done. */
    long requestedSlots() {
        Request first = firstRequest();
        return first == null ? 0 : first.slots();
    }

    /* All requests of a lane have the same slots: only the parts of one, and what is recovered, wait for another. */
    private @Nullable Request firstRequest() {
        return request == null ? waiting.peek() : request;
    }

    RowQueue queue() {
        return queue;
    }

    Backoff backoff() {
        return backoff;
    }

    /** The request that is sent or waits to be sent again. */
    @Nullable
    Request request() {
        return request;
    }

    /** The call that is under way. */
    @Nullable
    Attempt attempt() {
        return attempt;
    }

    long notBefore() {
        return notBefore;
    }

    /** Requests that go before all rows of the queue, in order. */
    void putFirst(List<Request> requests) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            waiting.addFirst(requests.get(i));
        }
    }

    /** Makes the next request if there is none and one is due. */
    @Nullable
    Request next(long now) {
        if (request == null) {
            request = waiting.poll();
            leftRows &= request != null && request.isPart();
        }
        if (request == null && queue.count() > 0 && queue.dueAt() <= now) {
            long before = queue.bytes();
            waiting.addAll(queue.take(slots).groups(groups, now));
            request = waiting.poll();
            requestBytes = before - queue.bytes();
            leftRows = queue.count() > 0;
        }
        return request;
    }

    /** Whether the request left rows behind when it was cut, and so is as large as requests get. */
    boolean leftRows() {
        return leftRows;
    }

    /** The estimated size of what waits here and of the request that was made of it. */
    long bytes() {
        return queue.bytes() + (firstRequest() == null ? 0 : requestBytes);
    }

    void sending(Attempt newAttempt, long now) {
        attempt = newAttempt;
        sentAt = now;
    }

    /** When the request was sent last. */
    long sentAt() {
        return sentAt;
    }

    /** When the request, which failed, was sent first. */
    long failingSince() {
        return Math.min(failingSince, sentAt);
    }

    /** The destination took a request. */
    void delivered(long now) {
        deliveredAt = now;
    }

    /** When the destination took a request last. */
    long deliveredAt() {
        return deliveredAt;
    }

    /** The call is over; the request waits until {@code time}. */
    void pause(long time) {
        endAttempt();
        failingSince = failingSince();
        notBefore = time;
    }

    /** The request is over. */
    void done() {
        endAttempt();
        request = null;
        notBefore = Long.MIN_VALUE;
        failingSince = Long.MAX_VALUE;
    }

    void endAttempt() {
        if (attempt != null) {
            attempt.close();
            attempt = null;
        }
    }

    /** Condemns its oldest rows, as far as they are to be given up and not on their way; true if that changed a request. */
    boolean condemn(Overflow overflow, Positions positions) {
        boolean changed = false;
        if (attempt == null) {
            Request first = request;
            request = first == null ? null : first.condemn(overflow, positions);
            changed = request != first;
            Request kept = request;
            for (int left = waiting.size(); left > 0; left--) {
                Request next = waiting.remove();
                Request rest = kept == null || kept.sharesRange(next) ? next.condemn(overflow, positions) : next;
                changed |= rest != next;
                if (rest != null) {
                    kept = kept == null ? rest : kept;
                    waiting.add(rest);
                }
            }
        }
        queue.condemn(overflow);
        return changed;
    }

    /** Whether it has lost its slots and has nothing left to send. */
    boolean gone() {
        return slots == 0 && firstRequest() == null;
    }

    /** The number of the oldest item in the queue, or {@code otherwise} where there is none. */
    long oldestWaiting(long otherwise) {
        return queue.count() > 0 ? queue.firstItem() : otherwise;
    }

    /** The number of the oldest item in a request, or {@code otherwise} where there is none. */
    long oldestRequested(long otherwise) {
        Request first = firstRequest();
        return first == null ? otherwise : first.from();
    }

    /** When the oldest outstanding item was committed, or {@code Long.MAX_VALUE} where there is none. */
    long oldestWritten() {
        Request first = firstRequest();
        return Math.min(
                first == null ? Long.MAX_VALUE : first.written(),
                queue.count() > 0 ? queue.firstEntry().written() : Long.MAX_VALUE);
    }

    /** Whether an item of a slot is part of a request that was made already. */
    boolean requested(int slot, long item) {
        if ((requestedSlots() >>> slot & 1) == 0) {
            return false;
        }
        if (request != null && item >= request.from() && item < request.to()) {
            return true;
        }
        for (Request other : waiting) {
            if (item >= other.from() && item < other.to()) {
                return true;
            }
        }
        return false;
    }

    /** The number of outstanding items, with those that are part of a request of which others are not done. */
    long outstanding() {
        Request first = firstRequest();
        long sum = (first == null ? 0 : first.endedBefore())
                + (long) queue.count()
                + (request == null ? 0 : request.size());
        for (Request other : waiting) {
            sum += other.size();
        }
        return sum;
    }

    void addRecorded(List<InFlight> list) {
        add(list, request);
        for (Request other : waiting) {
            add(list, other);
        }
    }

    private static void add(List<InFlight> list, @Nullable Request request) {
        InFlight record = request == null ? null : request.recorded();
        if (record != null && (list.isEmpty() || !record.equals(list.get(list.size() - 1)))) {
            list.add(record);
        }
    }

    @Override
    public String toString() {
        return "lane " + number;
    }
}
