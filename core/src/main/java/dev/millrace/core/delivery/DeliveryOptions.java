package dev.millrace.core.delivery;

import dev.millrace.core.config.ConfigMessage;
import dev.millrace.core.config.Limits;
import dev.millrace.core.config.Notices;
import dev.millrace.core.config.WhenFull;
import dev.millrace.core.matching.LabelMatcher;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options that the host reads from every flusher's entry, beside the flusher's own.
 *
 * @param concurrency the upper bound of lanes
 * @param retry when a request is sent again
 * @param matchers conditions on labels, all of which hold for what the flusher gets
 * @param maxBytes the flusher's share of the journal
 * @param maxAge how long an item may wait
 * @param minFreeDisk how much room the volume must have
 * @param whenFull what happens at one of these limits; absent: what the pipeline says
 * @param late what becomes of a sample when a newer one of its series was sent before
 * @param deadLetters what is kept of the requests that the destination will never take
 * @param queueCapacity has no effect
 * @param dropEventWhenQueueFull another name for {@code WhenFull: drop_oldest}
 */
public record DeliveryOptions(
        @Default("32") @Doc("The upper bound of lanes, each with one request in flight: 1 to 32.")
        int concurrency,

        @Doc("When a request that could not be delivered is sent again.")
        Retry retry,

        @Doc(
                value =
                        "Conditions on labels, all of which hold for what this flusher gets: name=\"value\", name!=\"value\","
                                + " name=~\"regex\" or name!~\"regex\"; none: it gets all.",
                example = "['env=\"production\"', '__name__=~\"http_.*\"']")
        List<String> matchers,

        @Doc(
                value = "How much of the journal may wait for this flusher; absent: the pipeline's share.",
                example = "2GiB")
        Optional<ByteSize> maxBytes,

        @Doc(value = "How long an item may wait for this flusher; absent: as the pipeline says.", example = "24h")
        Optional<Duration> maxAge,

        @Doc(
                value =
                        "How much room the volume must have for this flusher's backlog to grow beyond a segment; absent: as the"
                                + " pipeline says.",
                example = "2GiB")
        Optional<ByteSize> minFreeDisk,

        @Doc(
                value =
                        "What happens at one of these limits: refuse tells the inputs to wait; drop_oldest drops the oldest items"
                                + " that wait for this flusher, and for no other; absent: as the pipeline says.",
                example = "drop_oldest")
        Optional<WhenFull> whenFull,

        @Default("send")
        @Doc("What becomes of a sample when a newer one of its series was sent before: send (in a request without"
                + " others that are not late) or drop.")
        Late late,

        @Doc("What is kept of the requests that the destination will never take.")
        DeadLetterOptions deadLetters,

        @Doc(value = "Accepted and without effect: the journal takes the place of the queue.", example = "20")
        Optional<Integer> queueCapacity,

        @Default("false") @Doc("true means WhenFull: drop_oldest.")
        boolean dropEventWhenQueueFull)
        implements Notices {

    /** The largest number of lanes. */
    public static final int MAX_CONCURRENCY = 32;

    /** What holds where a pipeline file says nothing. */
    public static final DeliveryOptions DEFAULT = new DeliveryOptions(
            MAX_CONCURRENCY,
            Retry.DEFAULT,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Late.SEND,
            DeadLetterOptions.DEFAULT,
            Optional.empty(),
            false);

    public DeliveryOptions {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new InvalidOptionException("concurrency", concurrency + " (expected: 1 to " + MAX_CONCURRENCY + ")");
        }
        matchers = List.copyOf(matchers);
        matchers.forEach(DeliveryOptions::check);
        Limits.check(maxBytes, maxAge);
        if (dropEventWhenQueueFull && whenFull.isPresent() && whenFull.get() == WhenFull.REFUSE) {
            throw new InvalidOptionException(
                    "dropEventWhenQueueFull",
                    "true means 'WhenFull: drop_oldest', but WhenFull is refuse (expected: one of them)");
        }
    }

    private static void check(String matcher) {
        try {
            LabelMatcher.parse(matcher);
        } catch (IllegalArgumentException e) {
            InvalidOptionException invalid = new InvalidOptionException("matchers", String.valueOf(e.getMessage()));
            invalid.initCause(e);
            throw invalid;
        }
    }

    /** Whether the oldest items are dropped at a limit, where the pipeline says {@code otherwise}. */
    public boolean dropsOldest(WhenFull otherwise) {
        return dropEventWhenQueueFull || whenFull.orElse(otherwise) == WhenFull.DROP_OLDEST;
    }

    @Override
    public List<Notice> notices() {
        List<Notice> notices = new ArrayList<>();
        if (queueCapacity.isPresent()) {
            notices.add(new Notice("queueCapacity", ConfigMessage.QUEUE_CAPACITY.with()));
        }
        if (!retry.enable()) {
            notices.add(new Notice("retry", ConfigMessage.RETRY_DISABLED.with()));
        } else if (retry.maxRetryTimes().isPresent()) {
            notices.add(new Notice(
                    "retry",
                    ConfigMessage.RETRY_LIMITED.with(retry.maxRetryTimes().get())));
        }
        return notices;
    }

    /**
     * When a request is sent again.
     *
     * @param enable whether it is at all
     * @param maxRetryTimes how often; empty: without end
     * @param initialDelay the first delay, which doubles with each retry
     * @param maxDelay the largest delay
     */
    public record Retry(
            @Default("true") @Doc("Whether a request that could not be delivered is sent again.")
            boolean enable,

            @Doc(value = "How often a request is sent again before it is rejected; absent: without end.", example = "3")
            Optional<Integer> maxRetryTimes,

            @Default("30ms") @Doc("The delay before the first retry; it doubles with each.")
            Duration initialDelay,

            @Default("30s") @Doc("The largest delay between two attempts.")
            Duration maxDelay) {

        private static final Duration LONGEST = Duration.ofDays(1);

        /** 30 ms, doubling, to 30 s, without end. */
        public static final Retry DEFAULT =
                new Retry(true, Optional.empty(), Duration.ofMillis(30), Duration.ofSeconds(30));

        public Retry {
            if (maxRetryTimes.isPresent() && maxRetryTimes.get() < 0) {
                throw new InvalidOptionException("maxRetryTimes", maxRetryTimes.get() + " (expected: >= 0)");
            }
            if (initialDelay.compareTo(Duration.ofMillis(1)) < 0) {
                throw new InvalidOptionException(
                        "initialDelay", initialDelay.toMillis() + "ms (expected: at least 1ms)");
            }
            if (maxDelay.compareTo(initialDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
                throw new InvalidOptionException(
                        "maxDelay",
                        maxDelay.toMillis() + "ms (expected: at least InitialDelay, " + initialDelay.toMillis()
                                + "ms, and at most 24h)");
            }
        }

        /** The number of retries after which a request is rejected. */
        int limit() {
            return enable ? maxRetryTimes.orElse(Integer.MAX_VALUE) : 0;
        }
    }
}
