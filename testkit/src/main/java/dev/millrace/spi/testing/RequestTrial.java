package dev.millrace.spi.testing;

import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.NotSentException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The lives of what stands in the way of requests: an authenticator, an interceptor. */
final class RequestTrial {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:1/path?query=1");

    private final Trial trial;
    private final Findings findings;

    RequestTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run(Class<?> kind) {
        if (kind == ClientAuthenticator.class) {
            trial.inLife("all is well", context -> context.http().answer(trial.goodAnswer()), this::authenticate);
            trial.inLife("servers refuse", context -> context.http().refuse(), this::authenticate);
            trial.inLife("servers hang", context -> context.http().hang(), this::authenticateAndStop);
        } else {
            trial.inLife("all is well", context -> {}, life -> intercept(life, "all is well", answering(200)));
            trial.inLife("servers fail", context -> {}, life -> intercept(life, "servers fail", answering(500)));
            trial.inLife("nobody listens", context -> {}, life -> intercept(life, "nobody listens", failing()));
        }
    }

    private static HttpRequest request() {
        return new HttpRequest("POST", ADDRESS, HttpHeaders.of("X-Test", "1"), HttpBody.of(new byte[] {1}));
    }

    private void authenticate(PluginLife<?> life) {
        ClientAuthenticator authenticator = (ClientAuthenticator) life.component();
        HttpRequest request = request();
        CompletionStage<HttpRequest> stage =
                trial.call("authenticate", thrown -> false, () -> authenticator.authenticate(request));
        if (stage != null) {
            Worker.Result<HttpRequest> result = trial.settle(life, stage);
            looked(result, request);
            HttpRequest signed = result.value();
            if (signed != null) {
                trial.call("refused", thrown -> false, () -> authenticator.refused(signed));
            }
        }
        Callable<CompletionStage<HttpRequest>> again = () -> authenticator.authenticate(request());
        for (CompletionStage<HttpRequest> each : trial.together(4, "authenticate", Collections.nCopies(32, again))) {
            looked(trial.settle(life, each), request);
        }
    }

    private void looked(Worker.Result<HttpRequest> result, HttpRequest request) {
        Throwable thrown = result.thrown();
        findings.expect(!result.late(), Rule.ANSWERS, "a request that was to be authenticated never came back");
        findings.expect(
                thrown == null || thrown instanceof NotSentException || thrown instanceof HttpConfigurationException,
                Rule.THROWS_AS_DECLARED,
                "authenticate failed with " + thrown
                        + " (expected: NotSentException, or HttpConfigurationException where a person has to act)");
        HttpRequest signed = result.value();
        findings.expect(
                signed == null
                        || (signed.uri().getHost().equals(request.uri().getHost())
                                && signed.method().equals(request.method())
                                && signed.headers().first("X-Test").isPresent()),
                Rule.NOT_LOST,
                "authenticate changed more of a request than its credentials");
    }

    private void authenticateAndStop(PluginLife<?> life) {
        ClientAuthenticator authenticator = (ClientAuthenticator) life.component();
        CompletionStage<HttpRequest> stage =
                trial.call("authenticate", thrown -> false, () -> authenticator.authenticate(request()));
        trial.end(life, "servers hang");
        if (stage != null) {
            findings.expect(
                    !trial.settle(life, stage).late(),
                    Rule.ANSWERS,
                    "a request never came back though the" + " authenticator was stopped and its connections closed");
        }
    }

    private static RequestInterceptor.Next answering(int status) {
        return request -> CompletableFuture.completedFuture(HttpResponse.empty(status));
    }

    private static RequestInterceptor.Next failing() {
        return request -> CompletableFuture.failedFuture(new ConnectException("connection refused"));
    }

    private void intercept(PluginLife<?> life, String when, RequestInterceptor.Next next) {
        RequestInterceptor interceptor = (RequestInterceptor) life.component();
        for (int i = 0; i < 32; i++) {
            AtomicInteger passed = new AtomicInteger();
            CompletionStage<HttpResponse> stage = trial.call(
                    "intercept",
                    thrown -> false,
                    () -> interceptor.intercept(request(), request -> {
                        passed.incrementAndGet();
                        return next.send(request);
                    }));
            if (stage == null) {
                return;
            }
            Worker.Result<HttpResponse> result = trial.settle(life, stage);
            findings.expect(!result.late(), Rule.ANSWERS, "a request never came back, while " + when);
            findings.expect(
                    passed.get() <= 1, Rule.PASSES_ON_ONCE, "next was called " + passed + " times, while " + when);
            findings.expect(
                    !(result.value() != null && when.equals("nobody listens")),
                    Rule.PASSES_ON_ONCE,
                    "a request got an answer though next failed");
            findings.expect(
                    result.thrown() == null || result.thrown() instanceof IOException,
                    Rule.THROWS_AS_DECLARED,
                    "intercept failed with " + result.thrown() + ", while " + when);
        }
    }
}
