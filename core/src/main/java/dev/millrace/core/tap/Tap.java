package dev.millrace.core.tap;

import dev.millrace.spi.http.HttpBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What passes, as lines for one reader. Who hands items over waits for nobody: they are kept as they are until a worker makes
 * lines of them, and where more wait than {@value #MOST_WAITING}, further ones are dropped, and the reader is told how many.
 * Thread-safe.
 */
public final class Tap implements HttpBody {
    private static final int MOST_WAITING = 50_000;
    private static final int PIECE = 16 << 10;

    private final TapRequest request;
    private final Executor workers;
    private final Taps taps;
    private final TapRate rate;
    private final ItemLines lines;
    private final Object lock = new Object();
    private final Deque<Passed> passed = new ArrayDeque<>();
    private int waiting;
    private long dropped;
    private long demand;
    private boolean working;
    private boolean ended;
    private Flow.@Nullable Subscriber<? super ByteBuffer> reader;
    /* Of the worker: what it is at, and how much it has shown. */
    private @Nullable Passed current;
    private int at;
    private long shown;
    private boolean begun;

    private record Passed(TapPoint point, TappedRows rows) {}

    Tap(Taps taps, TapRequest request, Executor workers) {
        this.request = request;
        this.workers = workers;
        this.taps = taps;
        this.rate = new TapRate(request.rate(), System::nanoTime);
        this.lines = new ItemLines(request.json());
    }

    /** Items pass. */
    void offer(TapPoint point, TappedRows rows) {
        if (rows.size() == 0 || !request.means(point)) {
            return;
        }
        synchronized (lock) {
            if (ended) {
                return;
            }
            if (waiting > 0 && waiting + rows.size() > MOST_WAITING) {
                dropped += rows.size();
                return;
            }
            passed.add(new Passed(point, rows));
            waiting += rows.size();
        }
        work();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        synchronized (lock) {
            reader = subscriber;
        }
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                synchronized (lock) {
                    demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
                }
                work();
            }

            @Override
            public void cancel() {
                end();
            }
        });
        if (taps.open(this)) {
            work();
        } else {
            end();
            subscriber.onError(new IllegalStateException("taps: more than " + Taps.MOST));
        }
    }

    private void end() {
        synchronized (lock) {
            ended = true;
            passed.clear();
            waiting = 0;
        }
        taps.close(this);
    }

    private void work() {
        synchronized (lock) {
            if (working || ended || demand == 0 || reader == null) {
                return;
            }
            working = true;
        }
        try {
            workers.execute(this::send);
        } catch (RejectedExecutionException stopping) {
            end();
        }
    }

    private void send() {
        for (Flow.Subscriber<? super ByteBuffer> to = wanted(); to != null; to = wanted()) {
            StringBuilder text = new StringBuilder();
            boolean last = fill(text);
            if (!text.isEmpty()) {
                synchronized (lock) {
                    demand--;
                }
                to.onNext(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            if (last) {
                end();
                to.onComplete();
                return;
            }
        }
    }

    /* The reader, where it wants something and there is something; else this worker is done. */
    private Flow.@Nullable Subscriber<? super ByteBuffer> wanted() {
        synchronized (lock) {
            working = !ended && demand > 0 && (!begun || current != null || !passed.isEmpty() || dropped > 0);
            return working ? reader : null;
        }
    }

    /* Lines up to about a piece; whether they are the last. */
    private boolean fill(StringBuilder text) {
        if (!begun) {
            begun = true;
            lines.notice(text, "what passes from now on");
        }
        tellDropped(text);
        for (Passed now = next(); now != null && text.length() < PIECE; now = next()) {
            for (; at < now.rows().size() && text.length() < PIECE; at++) {
                if (!request.selects(now.rows().batch(at).labels(now.rows().row(at)))) {
                    continue;
                }
                if (!rate.admits()) {
                    continue;
                }
                long over = rate.takeOver();
                if (over > 0) {
                    lines.notice(text, over + " more passed (rate: " + request.rate() + " in a second)");
                }
                lines.append(text, now.point(), now.rows().batch(at), now.rows().row(at));
                shown++;
                if (request.limit().isPresent() && shown >= request.limit().get()) {
                    return true;
                }
            }
            if (at == now.rows().size()) {
                current = null;
            }
        }
        return false;
    }

    private void tellDropped(StringBuilder text) {
        long count;
        synchronized (lock) {
            count = dropped;
            dropped = 0;
        }
        if (count > 0) {
            lines.notice(text, count + " were dropped: the reader is slow");
        }
    }

    private @Nullable Passed next() {
        synchronized (lock) {
            if (current == null) {
                current = passed.poll();
                at = 0;
                waiting -= current == null ? 0 : current.rows().size();
            }
            return current;
        }
    }
}
