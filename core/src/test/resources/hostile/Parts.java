package hostile;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Component;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
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
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One component of each kind, whose places are named KIND-CALL, such as {@code flusher-send}. An extension is called within
 * calls of the others: its {@code extension-send} is within that of the flusher.
 */
public final class Parts {
    private Parts() {}

    public record Options(
            @Default("0") int port,
            @Default("0") int change,
            @Default("false") boolean state,
            Optional<ComponentRef<Decoder>> extension) {
        public Options {
            Fault.at("record");
        }
    }

    /** A plugin that answers what it should, but for faults. */
    abstract static class Factory<T extends Component> implements PluginFactory<Options, T> {
        private final String name;
        private final Class<T> kind;

        Factory(String name, Class<T> kind) {
            this.name = name;
            this.kind = kind;
        }

        @Override
        public String type() {
            return "hostile_" + name;
        }

        @Override
        public Class<Options> options() {
            return Options.class;
        }

        @Override
        public Class<T> kind() {
            return kind;
        }

        @Override
        public T create(Options options, PluginContext context) throws Exception {
            return Fault.at(name + "-create") ? null : make(options, context);
        }

        abstract T make(Options options, PluginContext context);
    }

    public static final class InputFactory extends Factory<Input> {
        public InputFactory() {
            super("input", Input.class);
        }

        @Override
        Input make(Options options, PluginContext context) {
            return new PushInput(options, context);
        }
    }

    public static final class ProcessorFactory extends Factory<Processor> {
        public ProcessorFactory() {
            super("processor", Processor.class);
        }

        @Override
        Processor make(Options options, PluginContext context) {
            if (options.state()) {
                context.state();
            }
            return new Processor() {
                @Override
                public EventBatch process(EventBatch batch) {
                    callExtension("process", options, context);
                    return Fault.at("processor-process") ? null : batch;
                }

                @Override
                public void stop() {
                    Fault.at("processor-stop");
                }
            };
        }
    }

    public static final class AggregatorFactory extends Factory<Aggregator> {
        public AggregatorFactory() {
            super("aggregator", Aggregator.class);
        }

        @Override
        Aggregator make(Options options, PluginContext context) {
            return new Holding(options, context);
        }
    }

    public static final class FlusherFactory extends Factory<Flusher> {
        public FlusherFactory() {
            super("flusher", Flusher.class);
        }

        @Override
        Flusher make(Options options, PluginContext context) {
            return new Sending(options, context);
        }
    }

    public static final class ExtensionFactory extends Factory<Decoder> {
        public ExtensionFactory() {
            super("extension", Decoder.class);
        }

        @Override
        Decoder make(Options options, PluginContext context) {
            return new Called();
        }
    }

    /* Relies on what an extension gives, as a component may. */
    private static void callExtension(String within, Options options, PluginContext context) {
        if (options.extension().isPresent()) {
            Decoder extension = context.component(options.extension().get());
            BodyBuffer none = new BodyBuffer(0);
            try {
                extension.decode(within, HttpHeaders.EMPTY, none).forEach(batch -> {});
            } catch (dev.millrace.spi.extension.DecodingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Called implements Decoder {
        @Override
        public List<Format> formats() {
            return List.of();
        }

        @Override
        public List<EventBatch> decode(String within, HttpHeaders headers, BodyBuffer body) {
            return Fault.at("extension-" + within) ? null : List.of();
        }

        @Override
        public void stop() {
            Fault.at("extension-stop");
        }
    }

    private static final class PushInput implements Input {
        private final Options options;
        private final PluginContext context;

        PushInput(Options options, PluginContext context) {
            this.options = options;
            this.context = context;
        }

        @Override
        public void start(BatchSink sink) throws Exception {
            Fault.at("input-start");
            context.scheduler().scheduleWithFixedDelay(() -> Fault.at("input-task"), 10, 10, TimeUnit.MILLISECONDS);
            context.metrics().gauge("hostile_gauge", "A number.", () -> Fault.at("input-metric") ? Double.NaN : 1);
            context.listen(new InetSocketAddress("127.0.0.1", options.port()), "/push", 0, request -> {
                Fault.at("input-handle");
                callExtension("handle", options, context);
                CompletableFuture<HttpResponse> told = new CompletableFuture<>();
                sink.accept(batch(request.uri().getQuery()), new Acknowledgement() {
                    @Override
                    public void committed() {
                        Fault.at("input-committed");
                        told.complete(HttpResponse.empty(200));
                    }

                    @Override
                    public void refused(Refusal refusal) {
                        told.complete(HttpResponse.empty(503));
                    }
                });
                return Fault.mode("input-answer").isEmpty() ? told : Fault.stage("input-answer", HttpResponse.empty(200));
            });
        }

        private static EventBatch batch(String number) {
            MetricBatchBuilder builder = MetricBatch.builder(1);
            long value = Long.parseLong(number);
            builder.add(Labels.of("__name__", "m"), value, Double.doubleToRawLongBits(value));
            return builder.build();
        }

        @Override
        public void stop() {
            Fault.at("input-stop");
        }
    }

    private static final class Holding implements Aggregator {
        private final List<EventBatch> held = new ArrayList<>();
        private final Options options;
        private final PluginContext context;

        Holding(Options options, PluginContext context) {
            this.options = options;
            this.context = context;
        }

        @Override
        public List<EventBatch> add(EventBatch batch) {
            callExtension("add", options, context);
            if (Fault.at("aggregator-add")) {
                return null;
            }
            if (Fault.mode("aggregator-flush").isEmpty()) {
                return List.of(batch);
            }
            held.add(batch);
            return List.of();
        }

        @Override
        public List<EventBatch> flush() {
            if (Fault.at("aggregator-flush")) {
                return null;
            }
            List<EventBatch> all = List.copyOf(held);
            held.clear();
            return all;
        }

        @Override
        public void stop() {
            Fault.at("aggregator-stop");
        }
    }

    private static final class Sending implements Flusher {
        private final Options options;
        private final PluginContext context;

        Sending(Options options, PluginContext context) {
            this.options = options;
            this.context = context;
        }

        @Override
        public CompletionStage<Outcome> send(Slice slice) {
            callExtension("send", options, context);
            if (Fault.at("flusher-send")) {
                return null;
            }
            String mode = Fault.mode("flusher-outcome");
            if (!mode.isEmpty() && !mode.equals("twice")) {
                return Fault.stage("flusher-outcome", Outcome.Delivered.ALL);
            }
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < slice.size(); i++) {
                values.append(i == 0 ? "" : " ").append(((MetricBatch) slice.batch(i)).timestamp(slice.row(i)));
            }
            if (!mode.isEmpty()) {
                Fault.delivered(values.toString());
                return Fault.stage("flusher-outcome", Outcome.Delivered.ALL);
            }
            return slice.record("test", 0).thenApply(recorded -> {
                Fault.delivered(values.toString());
                Fault.late();
                return Outcome.Delivered.ALL;
            });
        }

        @Override
        public Object group(EventBatch batch, int row) {
            return Fault.at("flusher-group") ? new Broken() : null;
        }

        @Override
        public SliceLimits limits() {
            return Fault.at("flusher-limits") ? null : new SliceLimits(100, 1 << 20, java.time.Duration.ofMillis(5));
        }

        @Override
        public void stop() {
            Fault.at("flusher-stop");
        }
    }

    /** A group that cannot be compared. */
    private static final class Broken {
        @Override
        public int hashCode() {
            throw new Error("no");
        }

        @Override
        public boolean equals(Object other) {
            throw new Error("no");
        }
    }
}
