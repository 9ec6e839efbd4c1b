package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One request on its way to one destination, and its answer. Thread-safe. */
final class Exchange {
    private final Call call;
    private final Destination destination;
    private final HttpRequest request;
    private final io.netty.handler.codec.http.HttpRequest head;
    private final Object lock = new Object();
    private @Nullable ClientConnection connection;
    private @Nullable InboundBody body;
    private boolean over;
    private boolean repeated;
    private volatile String phase = "waiting for a free connection";

    Exchange(Call call, Destination destination, HttpRequest request, io.netty.handler.codec.http.HttpRequest head) {
        this.call = call;
        this.destination = destination;
        this.request = request;
        this.head = head;
    }

    Destination destination() {
        return destination;
    }

    HttpRequest request() {
        return request;
    }

    io.netty.handler.codec.http.HttpRequest head() {
        return head;
    }

    /** What it waits for, for messages. */
    String phase() {
        return phase;
    }

    void connecting() {
        phase = "connecting";
    }

    /** Puts it on a connection; false if it is over already. */
    boolean begin(ClientConnection on) {
        synchronized (lock) {
            if (over) {
                return false;
            }
            connection = on;
        }
        phase = "waiting for the answer";
        return true;
    }

    /** Takes it off a connection that turned out to be stale; true at most once. */
    boolean repeat() {
        boolean safe = request.method().equals("GET") || request.method().equals("HEAD");
        synchronized (lock) {
            if (over || repeated || !safe || request.body().inMemory().isEmpty()) {
                return false;
            }
            repeated = true;
            connection = null;
            return true;
        }
    }

    /** The answer has begun. {@code answerBody} is null where it has no body. */
    void answered(HttpResponse response, @Nullable InboundBody answerBody) {
        synchronized (lock) {
            body = answerBody;
            over = over || answerBody == null;
        }
        phase = "reading the answer";
        call.answered(response, answerBody);
    }

    /** The request failed before its answer began. */
    void failed(Throwable reason) {
        synchronized (lock) {
            over = true;
        }
        call.failed(reason);
    }

    /** The body of the answer is delivered or not wanted any more. */
    void bodyClosed() {
        synchronized (lock) {
            over = true;
        }
        call.bodyClosed();
    }

    /** Gives it up wherever it is. */
    void abort(Throwable reason) {
        ClientConnection on;
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            on = connection;
        }
        if (on == null) {
            call.forget(this);
            call.failed(reason);
        } else {
            on.abort(this, reason);
        }
    }

    /** Fails the body or, where there is none yet, the request. */
    void fail(Throwable reason) {
        InboundBody reading;
        synchronized (lock) {
            reading = body;
        }
        if (reading == null) {
            failed(reason);
        } else {
            reading.fail(reason);
            bodyClosed();
        }
    }
}
