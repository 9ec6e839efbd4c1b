package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.spi.PluginContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which version of remote write an endpoint takes, and remembers it. Thread-safe.
 *
 * <pre>
 *              takes 2.0                        refuses 2.0
 * nothing ────────────────► 2.0    nothing, 2.0 ────────────► 1.0
 *    │ 2.0 is asked first    ▲                                 │ after the probe interval one request asks for 2.0 again
 *                            └─────────────────────────────────┘
 *                                         takes 2.0
 * </pre>
 *
 * <p>What was found out passes to the next generation of the same flusher, as long as its endpoint is the same. With a
 * fixed version there is nothing to find out.
 */
final class Negotiation {
    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);

    /** When a probe that told nothing, because the endpoint was down or the rows were at fault, is tried again. */
    private static final Duration AFTER_NOTHING = Duration.ofMinutes(1);

    private final Object lock = new Object();
    private final PluginContext context;
    private final Endpoint endpoint;
    private final Optional<Version> fixed;
    private final Duration interval;
    private final Clock clock;
    private @Nullable Version known;
    private Instant probeAt = Instant.MIN;
    private boolean probing;
    private boolean left;

    /**
     * A negotiation with an endpoint.
     *
     * @param fixed the version that the user demands, if any
     * @param interval after which time an endpoint that refused 2.0 is asked again
     */
    Negotiation(PluginContext context, Endpoint endpoint, Optional<Version> fixed, Duration interval) {
        this.context = context;
        this.endpoint = endpoint;
        this.fixed = fixed;
        this.interval = interval;
        this.clock = context.clock();
        context.inherited(Found.class)
                .filter(found -> found.endpoint().equals(endpoint))
                .ifPresent(found -> {
                    known = found.version();
                    probeAt = found.probeAt();
                });
    }

    /**
     * How a request is to be sent.
     *
     * @param version in which version
     * @param first whether the endpoint has yet to show that it takes this version, so that 400 may mean that it does not
     * @param probe whether the endpoint took the other version before
     */
    record Attempt(Version version, boolean first, boolean probe) {}

    /* What one generation leaves to the next. */
    private record Found(Endpoint endpoint, Version version, Instant probeAt) {}

    /** How the next request is to be sent. To be followed by one call of {@link #takes} or {@link #toldNothing}. */
    Attempt next() {
        if (fixed.isPresent()) {
            return new Attempt(fixed.get(), false, false);
        }
        synchronized (lock) {
            leave();
            if (known == null) {
                return new Attempt(Version.V2, true, false);
            }
            if (known == Version.V1 && !probing && !clock.instant().isBefore(probeAt)) {
                probing = true;
                return new Attempt(Version.V2, true, true);
            }
            return new Attempt(known, false, false);
        }
    }

    /** How a request is to be sent that was refused in 1.0, as by an endpoint that now takes nothing but 2.0. */
    Attempt again() {
        synchronized (lock) {
            probing = true;
        }
        return new Attempt(Version.V2, true, true);
    }

    /** Whether another version may be tried. */
    boolean free() {
        return fixed.isEmpty();
    }

    /**
     * Notes which version the endpoint takes.
     *
     * @param reason what it did, in words
     */
    void takes(Version version, Attempt attempt, String reason) {
        if (fixed.isPresent()) {
            return;
        }
        synchronized (lock) {
            ended(attempt);
            Version before = known;
            if (version == Version.V2 && before == Version.V1 && !attempt.probe()) {
                return; // it was on its way already when another was refused
            }
            known = version;
            if (version != before) {
                probeAt = clock.instant().plus(interval);
                left = false;
                leave();
                log(version, reason);
            } else if (attempt.probe()) {
                probeAt = clock.instant().plus(interval);
            }
        }
    }

    /**
     * Notes that the endpoint answered 400 to 2.0 and then rejected the same rows in 1.0. Of a receiver of 2.0 an answer of
     * 400 says what it has written, so this is likely one of 1.0: it gets 1.0 and is asked again soon, with one request.
     */
    void refusesBoth(Attempt attempt) {
        synchronized (lock) {
            ended(attempt);
            if (known == null) {
                known = Version.V1;
                LOG.info(
                        "{}: {} answered 400 to remote write 2.0 and to 1.0; it gets 1.0, and is asked again in {} s",
                        component(),
                        endpoint,
                        afterNothing().toSeconds());
            }
            if (known == Version.V1) {
                probeAt = clock.instant().plus(afterNothing());
                left = false;
                leave();
            }
        }
    }

    /** Notes that the answer told nothing about versions, or that none came. */
    void toldNothing(Attempt attempt) {
        synchronized (lock) {
            ended(attempt);
            if (attempt.probe() && known == Version.V1) {
                probeAt = clock.instant().plus(afterNothing());
            }
        }
    }

    /** The version in use: 1 or 2; 0 while it is not known. */
    int inUse() {
        synchronized (lock) {
            Version version = fixed.orElse(known);
            return version == null ? 0 : version == Version.V1 ? 1 : 2;
        }
    }

    private Duration afterNothing() {
        return interval.compareTo(AFTER_NOTHING) < 0 ? interval : AFTER_NOTHING;
    }

    private void ended(Attempt attempt) {
        if (attempt.probe()) {
            probing = false;
        }
    }

    private void leave() {
        Version version = known;
        if (!left && version != null) {
            left = true;
            context.leave(new Found(endpoint, version, probeAt));
        }
    }

    private String component() {
        return context.pipeline() + "/" + context.id();
    }

    private void log(Version version, String reason) {
        String component = component();
        if (version == Version.V2) {
            LOG.info("{}: {} takes remote write 2.0", component, endpoint);
        } else {
            LOG.info(
                    "{}: {} does not take remote write 2.0 ({}); it gets 1.0, and is asked again in {} s",
                    component,
                    endpoint,
                    reason,
                    interval.toSeconds());
        }
    }
}
