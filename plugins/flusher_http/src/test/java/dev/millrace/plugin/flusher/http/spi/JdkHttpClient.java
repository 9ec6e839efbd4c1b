package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;

/** The SPI's client on top of the JDK's, so that tests of the sender go over a real socket. */
public final class JdkHttpClient implements HttpClient {
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build();

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        return request.body()
                .collect(new BodyBuffer(1024), Long.MAX_VALUE)
                .thenCompose(body -> exchange(request, body, timeout));
    }

    private CompletionStage<HttpResponse> exchange(HttpRequest request, BodyBuffer body, Duration timeout) {
        var builder = java.net.http.HttpRequest.newBuilder(request.uri())
                .timeout(timeout)
                .method(request.method(), java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        request.headers().forEach(builder::header);
        CompletableFuture<HttpResponse> result = new CompletableFuture<>();
        client.sendAsync(builder.build(), java.net.http.HttpResponse.BodyHandlers.ofPublisher())
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        result.complete(
                                new HttpResponse(answer.statusCode(), headers(answer), new Body(answer.body())));
                        return;
                    }
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    result.completeExceptionally(
                            cause instanceof HttpTimeoutException ? new TimeoutException() : cause);
                });
        return result;
    }

    private static HttpHeaders headers(java.net.http.HttpResponse<?> answer) {
        HttpHeaders headers = HttpHeaders.EMPTY;
        for (var field : answer.headers().map().entrySet()) {
            for (String value : field.getValue()) {
                headers = headers.plus(field.getKey(), value);
            }
        }
        return headers;
    }

    private record Body(Flow.Publisher<List<ByteBuffer>> pieces) implements HttpBody {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            pieces.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscriber.onSubscribe(subscription);
                }

                @Override
                public void onNext(List<ByteBuffer> list) {
                    list.forEach(subscriber::onNext);
                }

                @Override
                public void onError(Throwable failure) {
                    subscriber.onError(failure);
                }

                @Override
                public void onComplete() {
                    subscriber.onComplete();
                }
            });
        }
    }
}
