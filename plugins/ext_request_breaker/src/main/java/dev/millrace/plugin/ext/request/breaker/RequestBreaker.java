package dev.millrace.plugin.ext.request.breaker;

import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.NotSentException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker. It opens where, of more than ten requests in the window, too large a share failed: there was no
 * answer, or one with a status of 400 or more. For a second no request passes, then one, as a probe; when that succeeds
 * all pass again and counting starts anew, otherwise the next second begins. What does not pass is sent again by the host.
 *
 * <p>It has no thread: time is read when a request comes.
 */
final class RequestBreaker implements RequestInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBreaker.class);
    private static final int ENOUGH = 10;
    private static final Duration COOLDOWN = Duration.ofSeconds(1);

    private final RequestBreakerOptions options;
    private final String name;
    private final Clock clock;
    private final Object lock = new Object();
    private final Window window;
    private State state = State.CLOSED;
    private long openedAt;
    private String reason = "";

    private enum State {
        /** Requests pass and are counted. */
        CLOSED,
        /** None passes until the cooldown is over. */
        OPEN,
        /** One is under way. */
        PROBING
    }

    RequestBreaker(RequestBreakerOptions options, String name, Clock clock) {
        this.options = options;
        this.name = name;
        this.clock = clock;
        this.window = new Window(options.windowInSeconds());
    }

    @Override
    public CompletionStage<HttpResponse> intercept(HttpRequest request, Next next) {
        boolean probe;
        synchronized (lock) {
            if (state == State.PROBING || state == State.OPEN && !cooledDown()) {
                return CompletableFuture.failedFuture(new NotSentException(name + " is open: " + reason, COOLDOWN));
            }
            probe = state == State.OPEN;
            state = probe ? State.PROBING : state;
        }
        CompletionStage<HttpResponse> answer;
        try {
            answer = next.send(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((response, failure) -> count(probe, failure != null || response.status() >= 400));
    }

    /* A clock that was set back ends the cooldown. */
    private boolean cooledDown() {
        long passed = clock.millis() - openedAt;
        return passed < 0 || passed >= COOLDOWN.toMillis();
    }

    /* What was under way when the breaker opened says nothing of how the destination is now. */
    private void count(boolean probe, boolean failed) {
        synchronized (lock) {
            if (probe) {
                settle(failed);
            } else if (state == State.CLOSED) {
                long second = clock.millis() / 1000;
                window.add(second, failed);
                int requests = window.requests(second);
                int failures = window.failures(second);
                if (failed && requests > ENOUGH && failures > options.failureRatio() * requests) {
                    reason = failures + " of " + requests + " requests failed within " + options.windowInSeconds()
                            + " s";
                    open();
                    LOG.warn("{}: {}; it lets one request pass each second until one succeeds", name, reason);
                }
            }
        }
    }

    private void settle(boolean failed) {
        if (failed) {
            open();
        } else {
            state = State.CLOSED;
            window.clear();
            LOG.info("{}: a request has succeeded; all pass again", name);
        }
    }

    private void open() {
        state = State.OPEN;
        openedAt = clock.millis();
    }
}
