package dev.example.bad;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Inputs of which each breaks one rule. */
public final class BadInputs {
    private static final EventBatch BATCH = MetricBatch.builder(1)
            .add(Labels.of(Labels.METRIC_NAME, "up"), 0, 0)
            .build();

    private BadInputs() {}

    /** Stops for good at the first refusal. */
    public static final class GivesUp extends Without<Input> {
        public GivesUp() {
            super(Input.class);
        }

        @Override
        Input make(PluginContext context) {
            return sink -> context.scheduler().scheduleWithFixedDelay(new GivingUp(sink), 1, 1, TimeUnit.SECONDS);
        }
    }

    private static final class GivingUp implements Runnable, Acknowledgement {
        private final BatchSink sink;
        private boolean refused;

        GivingUp(BatchSink sink) {
            this.sink = sink;
        }

        @Override
        public void run() {
            if (!refused) {
                sink.accept(BATCH, this);
            }
        }

        @Override
        public void committed() {}

        @Override
        public void refused(Refusal refusal) {
            refused = true;
        }
    }

    /** Answers at once, whatever becomes of the batch. */
    public static final class AnswersEarly extends Without<Input> {
        public AnswersEarly() {
            super(Input.class);
        }

        @Override
        Input make(PluginContext context) {
            return sink -> context.listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "/push", 1000, request -> {
                        sink.accept(BATCH, new GivingUp(sink));
                        return CompletableFuture.completedFuture(HttpResponse.empty(200));
                    });
        }
    }

    /** Leaves its client without an answer where the journal refuses. */
    public static final class ForgetsItsClient extends Without<Input> {
        public ForgetsItsClient() {
            super(Input.class);
        }

        @Override
        Input make(PluginContext context) {
            return sink -> context.listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "/push", 1000, request -> {
                        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
                        sink.accept(BATCH, new Acknowledgement() {
                            @Override
                            public void committed() {
                                response.complete(HttpResponse.empty(200));
                            }

                            @Override
                            public void refused(Refusal refusal) {}
                        });
                        return response;
                    });
        }
    }

    /** Hands over a last batch when it was stopped already. */
    public static final class GoesOn extends Without<Input> {
        public GoesOn() {
            super(Input.class);
        }

        @Override
        Input make(PluginContext context) {
            return sink -> sink.accept(BATCH, new Acknowledgement() {
                @Override
                public void committed() {
                    if (context.scheduler().isShutdown()) {
                        sink.accept(BATCH, this);
                    }
                }

                @Override
                public void refused(Refusal refusal) {}
            });
        }
    }

    /** Cannot start, and throws an Error. */
    public static final class StartsWithAnError extends Without<Input> {
        public StartsWithAnError() {
            super(Input.class);
        }

        @Override
        Input make(PluginContext context) {
            return sink -> {
                try {
                    context.listen(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "/push", 1000, request -> null);
                } catch (IOException e) {
                    throw new AssertionError("cannot listen", e);
                }
            };
        }
    }
}
