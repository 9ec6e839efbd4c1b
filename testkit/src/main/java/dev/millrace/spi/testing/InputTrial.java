package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The lives of an input. */
final class InputTrial {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private final Trial trial;
    private final Findings findings;

    InputTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run() {
        life("all is well", new TestSink(), (life, sink) -> {
            produce(life, sink, "all is well");
            damaged(life);
        });
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            String when = "the journal refuses (" + reason + ")";
            life(when, new TestSink().refuse(reason), (life, sink) -> recover(life, sink, when));
        }
        String stopped = "it is stopped with batches on their way";
        life(stopped, new TestSink().hold(), (life, sink) -> produce(life, sink, stopped));
        life("the disk is slow", new TestSink().hold(), (life, sink) -> recover(life, sink, "the disk is slow"));
    }

    private interface Lived {
        void with(PluginLife<?> life, TestSink sink);
    }

    private void life(String when, TestSink sink, Lived lived) {
        trial.inLife(when, context -> context.http().answer(trial.goodAnswer()), life -> {
            trial.start(life, sink, when);
            lived.with(life, sink);
            trial.end(life, when);
            int handed = sink.batches().size();
            trial.call("an acknowledgement after stop", thrown -> false, sink::commit);
            trial.advance(life, A_WHILE, "it has stopped");
            findings.expect(sink.batches().size() == handed, Rule.ENDS, "a batch was handed over after stop");
        });
    }

    /** Lets it work for a while, and returns how many batches came. */
    private int produce(PluginLife<?> life, TestSink sink, String when) {
        int before = sink.batches().size();
        trial.advance(life, A_WHILE, when);
        for (PluginRules.Push push : trial.pushes()) {
            int handed = sink.batches().size();
            int waiting = sink.waiting();
            HttpResponse response = answer(life, push.path(), push.headers(), push.body(), sink);
            boolean taken = sink.batches().size() > handed;
            boolean good = response != null && response.status() / 100 == 2;
            findings.expect(
                    !(taken && good && sink.waiting() > waiting),
                    Rule.COMMITS_FIRST,
                    "a client got " + (response == null ? "" : response.status())
                            + " while its batch was not committed");
            findings.expect(
                    !(taken && good && sink.refusal().isPresent()),
                    Rule.COMMITS_FIRST,
                    "a client got " + (response == null ? "" : response.status()) + " though its batch was refused");
        }
        for (EventBatch batch : sink.batches()) {
            findings.expect(batch != null, Rule.NO_NULL, "a batch is null");
        }
        return sink.batches().size() - before;
    }

    private void recover(PluginLife<?> life, TestSink sink, String when) {
        int before = produce(life, sink, when);
        trial.call("an acknowledgement", thrown -> false, sink::commit);
        int after = produce(life, sink, "the journal takes batches again");
        findings.expect(before == 0 || after > 0, Rule.RECOVERS, "no batch came any more after a time when " + when);
    }

    /* Whatever comes over a network, a client gets an answer that tells it not to believe in success. */
    private void damaged(PluginLife<?> life) {
        byte[] noise = "\u0000\u00ff{]noise".getBytes(StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, HttpHandler> handler : life.context().handlers().entrySet()) {
            TestSink unused = new TestSink();
            HttpResponse response = answer(life, handler.getKey(), HttpHeaders.EMPTY, noise, unused);
            findings.expect(response != null, Rule.ANSWERS, "a client that sent noise got no answer");
        }
    }

    private @Nullable HttpResponse answer(
            PluginLife<?> life, String path, HttpHeaders headers, byte[] body, TestSink sink) {
        HttpHandler handler = life.context().handlers().get(path);
        if (handler == null) {
            throw new AssertionError("no handler at " + path + " (expected: one of "
                    + life.context().handlers().keySet() + ")");
        }
        HttpRequest request = new HttpRequest("POST", URI.create(path), headers, HttpBody.of(body));
        CompletionStage<HttpResponse> stage =
                trial.call("the handler of " + path, thrown -> false, () -> handler.handle(request));
        if (stage == null) {
            return null;
        }
        Worker.Result<HttpResponse> result = trial.settle(life, stage);
        boolean waits = result.late() && sink.waiting() > 0; // as it should: nothing is committed yet
        findings.expect(
                waits || result.value() != null,
                Rule.ANSWERS,
                "a client of " + path + " got no answer" + (result.thrown() == null ? "" : ": " + result.thrown()));
        return result.value();
    }
}
