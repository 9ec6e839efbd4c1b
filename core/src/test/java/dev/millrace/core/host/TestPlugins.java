package dev.millrace.core.host;

import dev.millrace.core.config.Factories;
import dev.millrace.spi.Component;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Plugins whose components do what the test says: {@code input_hand}, which is given values by hand or over HTTP, {@code
 * processor_add}, which adds a number to each, {@code aggregator_hold}, which holds them until it is flushed, and {@code
 * flusher_kept}, which keeps values.
 */
final class TestPlugins implements Factories {
    private static final SliceLimits LIMITS = new SliceLimits(2000, 4 << 20, Duration.ofMillis(20));

    /** What goes wrong, as {@code pipeline/component call}; a test changes it at any time. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** Flushers, as {@code pipeline/component}, whose destination does not answer. */
    final Set<String> away = ConcurrentHashMap.newKeySet();

    final List<String> calls = new CopyOnWriteArrayList<>();

    /** What inputs, as {@code pipeline/component}, found when they started: how often there was one before. */
    final Map<String, Integer> inherited = new ConcurrentHashMap<>();

    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String held = "";
    private final Map<String, BatchSink> sinks = new ConcurrentHashMap<>();
    private final Map<String, PluginContext> inputs = new ConcurrentHashMap<>();
    private final Map<String, List<Double>> kept = new ConcurrentHashMap<>();

    record InputOptions(
            @Default("0") int port,
            @Default("/push") String path,
            @Default("") String tag) {}

    record ProcessorOptions(@Default("0") int number) {}

    record AggregatorOptions(@Default("") String tag) {}

    record FlusherOptions(@Default("") String tag) {}

    /** Hands over a value; completes with the reason of a refusal, or an empty text. */
    CompletableFuture<String> push(String pipeline, double value) {
        return push(sinks.get(pipeline), value);
    }

    private static CompletableFuture<String> push(BatchSink sink, double value) {
        MetricBatchBuilder builder = MetricBatch.builder(1);
        builder.add(Labels.of("__name__", "m"), (long) (value * 1000), Double.doubleToRawLongBits(value));
        CompletableFuture<String> told = new CompletableFuture<>();
        sink.accept(builder.build(), new Acknowledgement() {
            @Override
            public void committed() {
                told.complete("");
            }

            @Override
            public void refused(Refusal refusal) {
                told.complete(refusal.reason().name());
            }
        });
        return told;
    }

    /** Lets the input of a pipeline tell what went wrong. */
    void reportError(String pipeline, String message) {
        inputs.get(pipeline).reportError(message);
    }

    /** Lets the input of a pipeline tell what is wrong with it. */
    void reportTrouble(String pipeline, String message) {
        inputs.get(pipeline).reportTrouble(message);
    }

    /** Lets it tell that this is over. */
    void reportRecovery(String pipeline) {
        inputs.get(pipeline).reportRecovery();
    }

    /** The values that a flusher has kept, in their order. */
    List<Double> kept(String flusher) {
        return kept.computeIfAbsent(flusher, key -> new CopyOnWriteArrayList<>());
    }

    /** Lets a call hang until {@link #release}. */
    void hold(String call) {
        held = call;
    }

    void release() {
        released.countDown();
    }

    private void call(PluginContext context, String call) throws Exception {
        String name = context.pipeline() + "/" + context.id() + " " + call;
        calls.add(name);
        if (name.equals(held)) {
            released.await();
        }
        if (broken.contains(name)) {
            throw new IOException("the test wants " + call + " to fail");
        }
    }

    private final class HandInput implements Input {
        private final InputOptions options;
        private final PluginContext context;
        private int predecessors;

        HandInput(InputOptions options, PluginContext context) {
            this.options = options;
            this.context = context;
        }

        @Override
        public void start(BatchSink sink) throws Exception {
            predecessors = context.inherited(Integer.class).orElse(0);
            inherited.put(context.pipeline() + "/" + context.id(), predecessors);
            call(context, "start");
            if (options.port != 0) {
                context.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port),
                        options.path,
                        0,
                        request -> push(sink, Double.parseDouble(request.uri().getQuery()))
                                .thenApply(refused -> HttpResponse.text(refused.isEmpty() ? 200 : 503, refused)));
            }
            sinks.put(context.pipeline(), sink);
            inputs.put(context.pipeline(), context);
        }

        @Override
        public void stop() throws Exception {
            context.leave(predecessors + 1);
            call(context, "stop");
        }
    }

    private final class AddingProcessor implements Processor {
        private final ProcessorOptions options;
        private final PluginContext context;

        AddingProcessor(ProcessorOptions options, PluginContext context) {
            this.options = options;
            this.context = context;
        }

        @Override
        public EventBatch process(EventBatch batch) {
            MetricBatch metrics = (MetricBatch) batch;
            MetricBatchBuilder sums = MetricBatch.builder(batch.size());
            for (int row = 0; row < batch.size(); row++) {
                double sum = Double.longBitsToDouble(metrics.valueBits(row)) + options.number;
                sums.add(metrics.labels(row), metrics.timestamp(row), Double.doubleToRawLongBits(sum));
            }
            return sums.build();
        }

        @Override
        public void stop() throws Exception {
            call(context, "stop");
        }
    }

    private final class HoldingAggregator implements Aggregator {
        private final List<EventBatch> held = new ArrayList<>();
        private final PluginContext context;

        HoldingAggregator(PluginContext context) {
            this.context = context;
        }

        @Override
        public List<EventBatch> add(EventBatch batch) {
            held.add(batch);
            return List.of();
        }

        @Override
        public List<EventBatch> flush() {
            List<EventBatch> all = List.copyOf(held);
            held.clear();
            return all;
        }

        @Override
        public void stop() throws Exception {
            call(context, "stop");
        }
    }

    private final class KeepingFlusher implements Flusher {
        private final String name;
        private final PluginContext context;

        KeepingFlusher(PluginContext context) {
            this.context = context;
            this.name = context.pipeline() + "/" + context.id();
        }

        @Override
        public CompletionStage<Outcome> send(Slice slice) {
            if (away.contains(name)) {
                return CompletableFuture.completedStage(new Outcome.Retry("the destination is away"));
            }
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < slice.size(); i++) {
                EventBatch batch = slice.batch(i);
                values.add(Double.longBitsToDouble(((MetricBatch) batch).valueBits(slice.row(i))));
            }
            return slice.record("test", 0).thenApply(recorded -> {
                kept(name).addAll(values);
                return Outcome.Delivered.ALL;
            });
        }

        @Override
        public SliceLimits limits() {
            return LIMITS;
        }

        @Override
        public void stop() throws Exception {
            call(context, "stop");
        }
    }

    private interface Maker<C, T> {
        T make(C options, PluginContext context) throws Exception;
    }

    private final class Factory<C extends Record, T extends Component> implements PluginFactory<C, T> {
        private final String type;
        private final Class<C> options;
        private final Class<T> kind;
        private final Maker<C, T> maker;

        Factory(String type, Class<C> options, Class<T> kind, Maker<C, T> maker) {
            this.type = type;
            this.options = options;
            this.kind = kind;
            this.maker = maker;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public Class<C> options() {
            return options;
        }

        @Override
        public Class<T> kind() {
            return kind;
        }

        @Override
        public T create(C given, PluginContext context) throws Exception {
            call(context, "create");
            return maker.make(given, context);
        }
    }

    private final Map<String, PluginFactory<?, ?>> factories = Map.of(
            "input_hand", new Factory<>("input_hand", InputOptions.class, Input.class, HandInput::new),
            "service_hand", new Factory<>("service_hand", InputOptions.class, Input.class, HandInput::new),
            "processor_add",
                    new Factory<>("processor_add", ProcessorOptions.class, Processor.class, AddingProcessor::new),
            "aggregator_hold",
                    new Factory<>(
                            "aggregator_hold",
                            AggregatorOptions.class,
                            Aggregator.class,
                            (options, context) -> new HoldingAggregator(context)),
            "flusher_kept",
                    new Factory<>(
                            "flusher_kept",
                            FlusherOptions.class,
                            Flusher.class,
                            (options, context) -> new KeepingFlusher(context)));

    @Override
    public PluginFactory<?, ?> find(String typeOrAlias) {
        return factories.get(typeOrAlias);
    }

    @Override
    public Set<String> types() {
        return factories.keySet();
    }

    @Override
    public String whyMissing(String type) {
        return null;
    }
}
