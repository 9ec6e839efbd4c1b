package dev.millrace.spi.testing;

import dev.millrace.spi.Component;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.GatheringProcessor;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One plugin on trial: its lives, one after the other, with a worker to run them and a place for what is found. */
final class Trial {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*");

    private final Findings findings;
    private final Worker worker;
    private final ClassLoader loader;
    private final String factoryName;
    private final Map<String, Object> options;
    private final Map<String, Component> components;
    private final List<PluginRules.Push> pushes;
    private final TestHttpClient.Answer goodAnswer;
    private @Nullable PluginFactory<?, ?> factory;

    Trial(
            Findings findings,
            Worker worker,
            ClassLoader loader,
            String factoryName,
            Map<String, Object> options,
            Map<String, Component> components,
            List<PluginRules.Push> pushes,
            TestHttpClient.Answer goodAnswer) {
        this.findings = findings;
        this.worker = worker;
        this.loader = loader;
        this.factoryName = factoryName;
        this.options = options;
        this.components = components;
        this.pushes = pushes;
        this.goodAnswer = goodAnswer;
    }

    void run() {
        PluginFactory<?, ?> made = factory();
        factory = made;
        lookAt(made);
        inLife("never used", context -> {}, life -> {});
        inLife("addresses in use, volumes full", TestContext::failingEnvironment, life -> start(life, "start"));
        Class<?> kind = made.kind();
        if (kind == Flusher.class) {
            new FlusherTrial(this).run();
        } else if (kind == Input.class) {
            new InputTrial(this).run();
        } else if (kind == Processor.class || kind == GatheringProcessor.class || kind == Aggregator.class) {
            new BatchTrial(this).run(kind);
        } else if (kind == Encoder.class || kind == Decoder.class) {
            new FormatTrial(this).run(kind);
        } else if (kind == ClientAuthenticator.class || kind == RequestInterceptor.class) {
            new RequestTrial(this).run(kind);
        } else if (kind == FlushInterceptor.class) {
            new ChoiceTrial(this).run();
        }
    }

    Findings findings() {
        return findings;
    }

    List<PluginRules.Push> pushes() {
        return pushes;
    }

    /** What a server says that takes everything. */
    TestHttpClient.Answer goodAnswer() {
        return goodAnswer;
    }

    private PluginFactory<?, ?> factory() {
        try {
            return (PluginFactory<?, ?>)
                    loader.loadClass(factoryName).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new AssertionError(factoryName + ": its constructor failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    factoryName + " (expected: a public class with a public constructor without"
                            + " parameters, on the class path)",
                    e);
        }
    }

    private void lookAt(PluginFactory<?, ?> made) {
        String type = made.type();
        findings.expect(
                type != null && TYPE.matcher(type).matches() && type.equals(made.type()),
                Rule.NAMED,
                "type() is " + type);
        findings.expect(isService(), Rule.FOUND, factoryName + " is not found by ServiceLoader");
        lookAt(made.options());
    }

    private boolean isService() {
        for (PluginFactory<?, ?> service : ServiceLoader.load(PluginFactory.class, loader)) {
            if (service.getClass().getName().equals(factoryName)) {
                return true;
            }
        }
        return false;
    }

    private void lookAt(Class<?> record) {
        for (RecordComponent option : record.getRecordComponents()) {
            if (option.isAnnotationPresent(Inline.class)) {
                lookAt(option.getType());
                continue;
            }
            findings.expect(
                    option.isAnnotationPresent(Doc.class),
                    Rule.DOCUMENTED,
                    record.getSimpleName() + "." + option.getName() + " has no @Doc");
        }
    }

    /** One life of a component, which is stopped at its end. */
    void inLife(String when, Consumer<TestContext> prepared, Consumer<PluginLife<?>> lived) {
        PluginFactory<?, ?> maker = factory;
        if (maker == null || worker.isStuck()) {
            return;
        }
        TestContext context = new TestContext(maker.type());
        components.forEach(context::with);
        prepared.accept(context);
        PluginLife<?> life = create(maker, context, when);
        if (life == null) {
            context.close();
            return;
        }
        findings.expect(
                context.http().sent().isEmpty(), Rule.WORKS_AFTER_CREATE, "create sent a request, while " + when);
        lived.accept(life);
        end(life, when);
    }

    private @Nullable PluginLife<?> create(PluginFactory<?, ?> maker, TestContext context, String when) {
        Worker.Result<PluginLife<?>> made = worker.call(() -> PluginLife.create(maker, options, context));
        if (made.late()) {
            findings.end(Rule.RETURNS_SOON, "create does not return, while " + when);
            return null;
        }
        if (made.thrown() != null) {
            refusal("create", made.thrown(), when);
            if (!context.isFailing()) {
                throw new AssertionError(factoryName + " cannot be created with " + options, made.thrown());
            }
            return null;
        }
        PluginLife<?> life = made.value();
        boolean fits = life != null && maker.kind().isInstance(life.component());
        findings.expect(
                fits,
                Rule.CREATED,
                "create returned "
                        + (life == null || life.component() == null
                                ? "null"
                                : life.component().getClass()));
        return fits ? life : null;
    }

    private void refusal(String call, Throwable thrown, String when) {
        String message = thrown.getMessage();
        findings.expect(
                thrown instanceof Exception && message != null && !message.isBlank(),
                Rule.SAYS_WHY,
                call + " threw " + thrown + ", while " + when);
    }

    /** Starts an input with a sink that commits; others have no start. */
    void start(PluginLife<?> life, String when) {
        start(life, new TestSink(), when);
    }

    void start(PluginLife<?> life, TestSink sink, String when) {
        if (life.component() instanceof Input input) {
            Worker.Result<Boolean> started = worker.call(() -> {
                input.start(sink);
                return true;
            });
            returned(started, "start does not return, while " + when);
            if (started.thrown() != null) {
                refusal("start", started.thrown(), when);
            }
        }
    }

    /** Stops a component; what it does afterwards is found. */
    void end(PluginLife<?> life, String when) {
        Worker.Result<Boolean> stopped = worker.call(() -> {
            life.stop();
            return true;
        });
        returned(stopped, "stop does not return, while " + when);
        findings.expect(
                stopped.thrown() == null, Rule.STOPS_QUIETLY, "stop threw " + stopped.thrown() + ", while " + when);
    }

    /**
     * Calls a method of the plugin.
     *
     * @param declared what it may throw
     * @return null where there is no answer, which is found unless it was thrown as declared
     */
    <V> @Nullable V call(String what, Predicate<Throwable> declared, Callable<V> code) {
        Worker.Result<V> result = worker.call(code);
        returned(result, what + " does not return");
        Throwable thrown = result.thrown();
        if (thrown != null) {
            findings.expect(declared.test(thrown), Rule.THROWS_AS_DECLARED, what + " threw " + thrown);
        } else if (!result.late()) {
            findings.expect(result.value() != null, Rule.NO_NULL, what + " returned null");
        }
        return result.value();
    }

    private void returned(Worker.Result<?> result, String elseSaid) {
        if (result.late()) {
            findings.end(Rule.RETURNS_SOON, elseSaid);
        }
    }

    /** Makes calls in several threads at once, and returns the results that are there; others are found. */
    <V> List<V> together(int threads, String what, List<Callable<V>> calls) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<V> results = new ArrayList<>();
            for (Future<V> call : calls.stream().map(pool::submit).toList()) {
                V result = call(what + " in several threads", thrown -> false, () -> {
                    try {
                        return call.get();
                    } catch (ExecutionException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                });
                if (result != null) {
                    results.add(result);
                }
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Waits for a stage while time passes; late where it is never complete. */
    <V> Worker.Result<V> settle(PluginLife<?> life, CompletionStage<V> stage) {
        CompletableFuture<V> future = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        });
        for (int i = 0; i < PluginLife.STEPS && !future.isDone() && !worker.isStuck(); i++) {
            advance(life, PluginLife.STEP, "a stage is to be complete");
        }
        if (!PluginLife.isDone(future)) {
            return new Worker.Result<>(null, null, true);
        }
        try {
            return new Worker.Result<>(future.join(), null, false);
        } catch (CompletionException e) {
            return new Worker.Result<>(null, e.getCause(), false);
        }
    }

    /** Lets time pass on a worker. */
    void advance(PluginLife<?> life, Duration duration, String when) {
        Worker.Result<Boolean> passed = worker.call(() -> {
            life.context().advance(duration);
            return true;
        });
        returned(passed, "a task does not return, while " + when);
        if (passed.thrown() != null) {
            findings.add(
                    Rule.THROWS_AS_DECLARED,
                    passed.thrown().getMessage() + ": " + passed.thrown().getCause() + ", while " + when);
        }
    }
}
