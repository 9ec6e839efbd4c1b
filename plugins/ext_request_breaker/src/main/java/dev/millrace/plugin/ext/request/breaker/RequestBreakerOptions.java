package dev.millrace.plugin.ext.request.breaker;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;

/**
 * The options of {@code ext_request_breaker}.
 *
 * @param failureRatio the share of requests that may fail
 * @param windowInSeconds how far back requests count
 */
@Doc(
        value = "Lets no request through for a second where too many have failed, then one to try; nothing is dropped.",
        example = """
        FailureRatio: 0.25
        WindowInSeconds: 30
        """)
public record RequestBreakerOptions(
        @Doc("The share of requests that may fail, from 0 to 1.") @Default("0.1")
        double failureRatio,

        @Doc("How many seconds back requests count.") @Default("10")
        int windowInSeconds) {
    public RequestBreakerOptions {
        if (!(failureRatio >= 0 && failureRatio < 1)) {
            throw new InvalidOptionException("failureRatio", failureRatio + " (expected: 0 or more, below 1)");
        }
        if (windowInSeconds < 1 || windowInSeconds > 3600) {
            throw new InvalidOptionException("windowInSeconds", windowInSeconds + " (expected: 1..3600)");
        }
    }
}
