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
 * or recorded in an earlier life, waits before the queue.
 */
final class Lane {
    private final int number;
    private final long slots;
    private final boolean recovering;
    private final RowQueue queue;
    private final Backoff backoff;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private @Nullable Request request;
    private @Nullable Attempt attempt;
    private long notBefore = Long.MIN_VALUE;

    /** A lane of slots, one bit for each; a recovering one only sends what it is given, and is gone then. */
    Lane(int number, long slots, boolean recovering, RowQueue queue, Backoff backoff) {
        this.number = number;
        this.slots = slots;
        this.recovering = recovering;
        this.queue = queue;
        this.backoff = backoff;
    }

    long slots() {
        return slots;
    }

    boolean recovering() {
        return recovering;
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
        }
        if (request == null && queue.count() > 0 && queue.dueAt() <= now) {
            request = queue.take(slots, now);
        }
        return request;
    }

    void sending(Attempt newAttempt) {
        attempt = newAttempt;
    }

    /** The call is over; the request waits until {@code time}. */
    void pause(long time) {
        endAttempt();
        notBefore = time;
    }

    /** The request is over. */
    void done() {
        endAttempt();
        request = null;
        notBefore = Long.MIN_VALUE;
    }

    void endAttempt() {
        if (attempt != null) {
            attempt.close();
            attempt = null;
        }
    }

    /** Whether nothing waits and nothing is on its way. */
    boolean empty() {
        return request == null && waiting.isEmpty() && queue.count() == 0;
    }

    /** The number of the oldest outstanding item, or {@code otherwise} where there is none. */
    long head(long otherwise) {
        Request first = request == null ? waiting.peek() : request;
        if (first != null) {
            return first.from();
        }
        return queue.count() > 0 ? queue.firstItem() : otherwise;
    }

    /** When the oldest outstanding item was committed, or {@code Long.MAX_VALUE} where there is none. */
    long oldestWritten() {
        Request first = request == null ? waiting.peek() : request;
        if (first != null) {
            return first.written();
        }
        return queue.count() > 0 ? queue.firstEntry().written() : Long.MAX_VALUE;
    }

    /** Whether an item of one of the lane's slots is part of a request that was made already. */
    boolean requested(long item) {
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

    /** The number of outstanding items. */
    long outstanding() {
        long sum = (long) queue.count() + (request == null ? 0 : request.size());
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
        if (record != null) {
            list.add(record);
        }
    }

    @Override
    public String toString() {
        return recovering ? "recovering lane " + number : "lane " + number;
    }
}
