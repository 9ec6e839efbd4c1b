package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyTooLargeException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in one line why a scrape failed. */
final class FailureText {
    private FailureText() {}

    static String of(Throwable failure, Target target, ScrapeConfig config) {
        if (failure instanceof TimeoutException) {
            return "no whole answer within " + PrometheusDuration.format(target.timeout())
                    + " (expected: less than scrape_timeout)";
        }
        if (failure instanceof BodyTooLargeException) {
            return "body: " + config.limits().body() + " or more (expected: less than body_size_limit)";
        }
        String message = failure.getMessage();
        if (message == null || !isExpected(failure)) {
            return failure.toString();
        }
        return message;
    }

    /** What really happened. */
    static Exception cause(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Exception exception ? exception : new IllegalStateException(cause);
    }

    /** Whether the failure is one of those that targets cause, and not a defect. */
    static boolean isExpected(@Nullable Throwable failure) {
        return failure instanceof IOException
                || failure instanceof ScrapeException
                || failure instanceof TextFormatException
                || failure instanceof ProtobufFormatException
                || failure instanceof TimeoutException;
    }
}
