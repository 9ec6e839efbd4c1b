package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The lives of a flusher. */
final class FlusherTrial {
    private static final int LANES = 4;
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    private final Trial trial;
    private final Findings findings;

    FlusherTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run() {
        trial.inLife("all is well", context -> context.http().answer(trial.goodAnswer()), life -> {
            trial.call("limits", thrown -> false, ((Flusher) life.component())::limits);
            SampleBatches.all().forEach((kind, batch) -> sendTwice(life, kind, batch));
        });
        refused("the connection is refused", request -> {
            throw new ConnectException("connection refused");
        });
        refused("the server answers 503", request -> HttpResponse.empty(503));
        refused("memory is short", request -> {
            throw new OutOfMemoryError("made by a test");
        });
        trial.inLife("the journal cannot write the record", context -> {}, this::failRecord);
        trial.inLife("the server hangs", context -> context.http().hang(), this::stopInTheMiddle);
        trial.inLife("several lanes send", context -> context.http().answer(trial.goodAnswer()), this::sendInLanes);
    }

    private void sendTwice(PluginLife<?> life, String kind, EventBatch batch) {
        List<List<String>> bodies = new ArrayList<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            int before = life.context().http().sent().size();
            TestSlice slice = new TestSlice(batch, attempt);
            Outcome outcome = sendObserved(life, kind, slice);
            List<TestHttpClient.Sent> sent = life.context().http().sent();
            bodies.add(sent.subList(before, sent.size()).stream()
                    .map(request -> Arrays.toString(request.body()))
                    .toList());
            if (outcome == null) {
                return;
            }
        }
        findings.expect(
                bodies.get(0).equals(bodies.get(1)),
                Rule.SAME_BYTES,
                "a slice of " + kind + " was sent otherwise again");
    }

    /* The record is written a little after it was asked for, as it is by a disk. */
    private @Nullable Outcome sendObserved(PluginLife<?> life, String kind, TestSlice slice) {
        life.context()
                .http()
                .observe(() -> findings.expect(
                        slice.isRecorded(), Rule.RECORDS_FIRST, "a request with " + kind + " left before that"));
        CompletionStage<Outcome> stage = send(life, kind, slice);
        trial.call("a task", thrown -> false, () -> slice.written());
        Outcome outcome = stage == null ? null : outcome(life, "a slice of " + kind, slice, stage, false);
        life.context().http().observe(() -> {});
        return outcome;
    }

    private @Nullable CompletionStage<Outcome> send(PluginLife<?> life, String kind, TestSlice slice) {
        String what = "send of " + kind;
        return trial.call(what, thrown -> false, () -> ((Flusher) life.component()).send(slice));
    }

    private @Nullable Outcome outcome(
            PluginLife<?> life, String what, TestSlice slice, CompletionStage<Outcome> stage, boolean mayFail) {
        AtomicInteger times = new AtomicInteger();
        stage.whenComplete((outcome, failure) -> times.incrementAndGet());
        Worker.Result<Outcome> result = trial.settle(life, stage);
        if (result.late()) {
            findings.add(Rule.ANSWERS, what + " has no outcome after an hour");
            return null;
        }
        if (result.thrown() != null) {
            findings.expect(
                    mayFail,
                    Rule.ANSWERS,
                    what + " failed with " + result.thrown() + ", and would be sent again for ever");
            return null;
        }
        Outcome outcome = result.value();
        if (outcome == null) {
            findings.add(Rule.NO_NULL, "the outcome of " + what + " is null");
            return null;
        }
        trial.advance(life, A_MOMENT, "nothing more is to happen");
        findings.expect(times.get() == 1, Rule.ANSWERS_ONCE, what + " was answered " + times + " times");
        CompletableFuture<Outcome> later = stage.toCompletableFuture();
        findings.expect(
                later.isDone() && !later.isCompletedExceptionally() && outcome.equals(later.join()),
                Rule.ANSWERS_ONCE,
                what + " became " + later + " after it was " + outcome);
        count(what, slice.size(), outcome);
        return outcome;
    }

    private void count(String what, int size, Outcome outcome) {
        boolean fine = true;
        if (outcome instanceof Outcome.Delivered delivered) {
            fine = delivered.dropped().values().stream().allMatch(count -> count >= 0) && dropped(delivered) <= size;
        } else if (outcome instanceof Outcome.Split split) {
            fine = split.delivered() >= 0
                    && split.delivered() <= size
                    && !split.reason().isBlank();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            fine = rejected.delivered() >= 0
                    && rejected.delivered() <= size
                    && !rejected.status().isBlank();
        } else if (outcome instanceof Outcome.Retry retry) {
            fine = retry.reason() != null && !retry.reason().isBlank();
        } else if (outcome instanceof Outcome.Held held) {
            fine = held.reason() != null && !held.reason().isBlank();
        } else if (outcome instanceof Outcome.NotSent notSent) {
            fine = notSent.reason() != null && !notSent.reason().isBlank();
        }
        findings.expect(fine, Rule.COUNTS, what + " of " + size + " rows became " + outcome);
    }

    private static int dropped(Outcome.Delivered delivered) {
        return delivered.dropped().values().stream().mapToInt(Integer::intValue).sum();
    }

    private void refused(String when, TestHttpClient.Answer answer) {
        trial.inLife(when, context -> context.http().answer(answer), life -> {
            TestSlice slice = new TestSlice(SampleBatches.samples(), 0).written();
            CompletionStage<Outcome> stage = send(life, "samples while " + when, slice);
            Outcome outcome = stage == null ? null : outcome(life, "a slice sent while " + when, slice, stage, true);
            boolean tried = !life.context().http().sent().isEmpty();
            boolean delivered = outcome instanceof Outcome.Delivered all && dropped(all) < slice.size();
            findings.expect(!(tried && delivered), Rule.NOT_LOST, "a slice is " + outcome + " though " + when);
            if (tried) {
                recover(life, when);
            }
        });
    }

    private void recover(PluginLife<?> life, String when) {
        life.context().http().answer(trial.goodAnswer());
        TestSlice slice = new TestSlice(SampleBatches.samples(), 1).written();
        CompletionStage<Outcome> stage = send(life, "samples", slice);
        Outcome outcome = stage == null ? null : outcome(life, "a slice sent again", slice, stage, false);
        findings.expect(
                outcome == null || outcome instanceof Outcome.Delivered,
                Rule.RECOVERS,
                "a server that takes everything got: " + outcome + ", after a time when " + when);
    }

    private void failRecord(PluginLife<?> life) {
        TestSlice slice = new TestSlice(SampleBatches.samples(), 0).fail();
        int before = life.context().http().sent().size();
        CompletionStage<Outcome> stage = send(life, "samples", slice);
        if (stage == null || slice.recorded().isEmpty()) {
            return;
        }
        Worker.Result<Outcome> result = trial.settle(life, stage);
        findings.expect(!result.late(), Rule.ANSWERS, "a slice whose record failed has no outcome after an hour");
        findings.expect(
                life.context().http().sent().size() == before && !(result.value() instanceof Outcome.Delivered),
                Rule.RECORDS_FIRST,
                "a request left although its record failed");
    }

    private void stopInTheMiddle(PluginLife<?> life) {
        TestSlice slice = new TestSlice(SampleBatches.samples(), 0).written();
        CompletionStage<Outcome> stage = send(life, "samples to a server that hangs", slice);
        trial.end(life, "a request is on its way");
        int sent = life.context().http().sent().size();
        if (stage != null) {
            boolean open = trial.settle(life, stage).late();
            findings.expect(
                    !open,
                    Rule.ANSWERS,
                    "a slice has no outcome though its component was stopped and its" + " connection closed");
        }
        findings.expect(life.context().http().sent().size() == sent, Rule.ENDS, "a request was sent after stop");
    }

    private void sendInLanes(PluginLife<?> life) {
        List<Callable<CompletionStage<Outcome>>> sends = new ArrayList<>();
        for (EventBatch batch : SampleBatches.all().values()) {
            for (int lane = 0; lane < LANES; lane++) {
                TestSlice slice = new TestSlice(batch, 0).written();
                sends.add(() -> ((Flusher) life.component()).send(slice));
            }
        }
        for (CompletionStage<Outcome> stage : trial.together(LANES, "send", sends)) {
            Worker.Result<Outcome> result = trial.settle(life, stage);
            findings.expect(
                    !result.late() && result.thrown() == null,
                    Rule.THREAD_SAFE,
                    "a slice sent by one of several lanes has no outcome"
                            + (result.thrown() == null ? "" : ": " + result.thrown()));
        }
    }
}
