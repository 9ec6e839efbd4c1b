package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * Stands in the way of requests: it sees each of them and its answer, and may change, delay or refuse it. Thread-safe.
 *
 * <p>A request has no credentials yet when it comes here. What is refused is not lost: the host sends it again.
 */
public interface RequestInterceptor extends Component {
    /**
     * Passes a request on, or not.
     *
     * @param next where it goes on; to be called once at most
     * @return completes with the answer; fails with {@link dev.millrace.spi.http.NotSentException} where the request was
     *     refused here, and as {@code next} does where that fails
     */
    CompletionStage<HttpResponse> intercept(HttpRequest request, Next next);

    /** What is behind an interceptor: other interceptors, or the network. */
    @FunctionalInterface
    interface Next {
        /** Sends the request; completes and fails as {@link dev.millrace.spi.http.HttpClient#send} does. */
        CompletionStage<HttpResponse> send(HttpRequest request);
    }
}
