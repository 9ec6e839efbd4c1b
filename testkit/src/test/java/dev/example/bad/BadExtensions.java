package dev.example.bad;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Processors, aggregators and extensions of which each breaks one rule. */
public final class BadExtensions {
    private static final Format FORMAT = new Format("text", "1");

    private BadExtensions() {}

    /** Has nothing for batches that are not its own. */
    public static final class ProcessesToNull extends Without<Processor> {
        public ProcessesToNull() {
            super(Processor.class);
        }

        @Override
        Processor make(PluginContext context) {
            return batch -> batch instanceof MetricBatch ? batch : null;
        }
    }

    /** Fails on a batch without rows. */
    public static final class NeedsARow extends Without<Processor> {
        public NeedsARow() {
            super(Processor.class);
        }

        @Override
        Processor make(PluginContext context) {
            return batch -> {
                if (batch.size() == 0) {
                    throw new IllegalArgumentException("no rows");
                }
                return batch;
            };
        }
    }

    /** Gives everything again at each flush. */
    public static final class FlushesTwice extends Without<Aggregator> {
        public FlushesTwice() {
            super(Aggregator.class);
        }

        @Override
        Aggregator make(PluginContext context) {
            return new Aggregator() {
                private final List<EventBatch> all = new ArrayList<>();

                @Override
                public List<EventBatch> add(EventBatch batch) {
                    all.add(batch);
                    return List.of();
                }

                @Override
                public List<EventBatch> flush() {
                    return all;
                }
            };
        }
    }

    /** An encoder that keeps every rule; others begin with it. */
    public static class GoodEncoder extends Without<Encoder> {
        public GoodEncoder() {
            super(Encoder.class);
        }

        @Override
        Encoder make(PluginContext context) {
            return new Numbers();
        }
    }

    private static class Numbers implements Encoder {
        @Override
        public List<Format> formats() {
            return List.of(FORMAT);
        }

        @Override
        public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
            if (!target.format().equals(FORMAT)) {
                throw new IllegalArgumentException(target.format() + " (expected: " + FORMAT + ")");
            }
            if (target.maxBytes() < 2) {
                throw new EncodingException("2 bytes (expected: " + target.maxBytes() + ")");
            }
            body.write(slice.size());
            body.write(number());
            return new Encoded("text/plain", Map.of(), Map.of(), Content.samples(slice.size()));
        }

        int number() {
            return 7;
        }
    }

    /** Counts its bodies. */
    public static final class CountsBodies extends GoodEncoder {
        @Override
        Encoder make(PluginContext context) {
            return new Numbers() {
                private final AtomicInteger count = new AtomicInteger();

                @Override
                int number() {
                    return count.incrementAndGet();
                }
            };
        }
    }

    /** Takes any format. */
    public static final class TakesAnyFormat extends GoodEncoder {
        @Override
        Encoder make(PluginContext context) {
            return new Numbers() {
                @Override
                public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
                    return super.encode(slice, new Target(FORMAT, target.externalLabels(), target.maxBytes()), body);
                }
            };
        }
    }

    /** Writes over what stands in the buffer. */
    public static final class Overwrites extends GoodEncoder {
        @Override
        Encoder make(PluginContext context) {
            return new Numbers() {
                @Override
                public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
                    body.clear();
                    return super.encode(slice, target, body);
                }
            };
        }
    }

    /** Believes every length that a body names. */
    public static final class BelievesLengths extends Without<Decoder> {
        public BelievesLengths() {
            super(Decoder.class);
        }

        @Override
        Decoder make(PluginContext context) {
            return new Decoder() {
                @Override
                public List<Format> formats() {
                    return List.of(FORMAT);
                }

                @Override
                public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) {
                    for (int i = 0; i < body.length(); i += 1 + body.array()[i]) {
                        body.array()[i]++;
                    }
                    return List.of();
                }
            };
        }
    }

    /** Gives no request where it has no credentials. */
    public static final class WithoutCredentials extends Without<ClientAuthenticator> {
        public WithoutCredentials() {
            super(ClientAuthenticator.class);
        }

        @Override
        ClientAuthenticator make(PluginContext context) {
            return request -> CompletableFuture.failedFuture(new IllegalStateException("no token"));
        }
    }

    /** Drops all headers but its own. */
    public static final class DropsHeaders extends Without<ClientAuthenticator> {
        public DropsHeaders() {
            super(ClientAuthenticator.class);
        }

        @Override
        ClientAuthenticator make(PluginContext context) {
            return request -> CompletableFuture.completedFuture(
                    request.withHeaders(HttpHeaders.of("Authorization", "Bearer token")));
        }
    }

    /** Tries again by itself. */
    public static final class TriesAgain extends Without<RequestInterceptor> {
        public TriesAgain() {
            super(RequestInterceptor.class);
        }

        @Override
        RequestInterceptor make(PluginContext context) {
            return (request, next) -> next.send(request).thenCompose(response -> next.send(request));
        }
    }

    /** Lets every second row pass. */
    public static final class EverySecond extends Without<FlushInterceptor> {
        public EverySecond() {
            super(FlushInterceptor.class);
        }

        @Override
        FlushInterceptor make(PluginContext context) {
            AtomicInteger rows = new AtomicInteger();
            return (batch, row) -> rows.incrementAndGet() % 2 == 0;
        }
    }

    /** Lets rows pass where nobody else asks. */
    public static final class OneAtATime extends Without<FlushInterceptor> {
        public OneAtATime() {
            super(FlushInterceptor.class);
        }

        @Override
        FlushInterceptor make(PluginContext context) {
            AtomicInteger inside = new AtomicInteger();
            CountDownLatch two = new CountDownLatch(2);
            return (batch, row) -> {
                inside.incrementAndGet();
                if (Thread.currentThread().getName().startsWith("pool-")) {
                    two.countDown();
                    try {
                        two.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return inside.getAndDecrement() == 1;
            };
        }
    }

    /** Does not say what its option is for. */
    public static final class Undocumented implements PluginFactory<Undocumented.Options, Processor> {
        public record Options(@Default("1") int number) {}

        @Override
        public String type() {
            return "test_plugin";
        }

        @Override
        public Class<Options> options() {
            return Options.class;
        }

        @Override
        public Class<Processor> kind() {
            return Processor.class;
        }

        @Override
        public Processor create(Options options, PluginContext context) {
            return batch -> batch;
        }
    }
}
