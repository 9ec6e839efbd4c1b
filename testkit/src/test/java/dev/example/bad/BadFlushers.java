package dev.example.bad;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;

/** Flushers of which each breaks one rule. */
@SuppressWarnings("unused")
public final class BadFlushers {
    private BadFlushers() {}

    /** Is of no kind. */
    public static final class CreatesNull extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return null;
        }
    }

    /** Has another name each time. */
    public static final class Renamed extends FlusherFactory {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String type() {
            return "flusher_" + calls.incrementAndGet();
        }
    }

    /** Sends before it is asked to. */
    public static final class SendsInCreate extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            Good good = new Good(context, options.url());
            good.post(new byte[0]);
            return good;
        }
    }

    /** Fails without a word. */
    public static final class FailsSilently extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            try {
                context.temporaryFolder();
            } catch (java.io.IOException e) {
                throw new IllegalStateException((String) null);
            }
            return super.create(options, context);
        }
    }

    /** Gives no stage for log records. */
    public static final class ReturnsNull extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                public CompletionStage<Outcome> send(Slice slice) {
                    return slice.batch(0) instanceof MetricBatch ? super.send(slice) : null;
                }
            };
        }
    }

    /** Answers with nothing. */
    public static final class NullOutcome extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                Outcome outcome(Slice slice, int status) {
                    return null;
                }
            };
        }
    }

    /** Knows metrics only. */
    public static final class OnlyMetrics extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                byte[] body(Slice slice) {
                    return new byte[((MetricBatch) slice.batch(0)).size()];
                }
            };
        }
    }

    /** Forgets that requests fail. */
    public static final class NeverAnswers extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                public CompletionStage<Outcome> send(Slice slice) {
                    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
                    super.recorded(slice, 0)
                            .thenCompose(unused -> post(body(slice)))
                            .thenAccept(response -> outcome.complete(outcome(slice, response.status())));
                    return outcome;
                }
            };
        }
    }

    /** Changes its mind. */
    public static final class AnswersTwice extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                public CompletionStage<Outcome> send(Slice slice) {
                    CompletableFuture<Outcome> outcome = super.send(slice).toCompletableFuture();
                    context.scheduler()
                            .schedule(
                                    () -> outcome.obtrudeValue(new Outcome.Retry("another thought")),
                                    5,
                                    TimeUnit.SECONDS);
                    return outcome;
                }
            };
        }
    }

    /** Dropped more rows than there were. */
    public static final class Miscounts extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                Outcome outcome(Slice slice, int status) {
                    return new Outcome.Delivered(Map.of("too_old", slice.size() + 1));
                }
            };
        }
    }

    /** Sends before the journal knows. */
    public static final class DoesNotWaitForTheRecord extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                CompletionStage<Void> recorded(Slice slice, int checksum) {
                    slice.record("text", checksum);
                    return done(null);
                }
            };
        }
    }

    /** Puts the number of the attempt into the body. */
    public static final class OtherBytes extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                byte[] body(Slice slice) {
                    return new byte[slice.attempt() + 1];
                }
            };
        }
    }

    /** Calls everything delivered. */
    public static final class Loses extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                Outcome outcome(Slice slice, int status) {
                    return Outcome.Delivered.ALL;
                }
            };
        }
    }

    /** Never tries again after the first failure. */
    public static final class GivesUp extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                private volatile boolean failed;

                @Override
                Outcome outcome(Slice slice, int status) {
                    failed |= status != 200;
                    return failed ? new Outcome.Retry("it failed once") : Outcome.Delivered.ALL;
                }
            };
        }
    }

    /** Waits for the answer. */
    public static final class Waits extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                CompletionStage<HttpResponse> post(byte[] body) {
                    return done(super.post(body).toCompletableFuture().join());
                }
            };
        }
    }

    /** Does not know how to stop. */
    public static final class StopThrows extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new Good(context, options.url()) {
                @Override
                public void stop() {
                    throw new IllegalStateException("not started");
                }
            };
        }
    }

    /** Has one buffer for all lanes. */
    public static final class SharesABuffer extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new OneBuffer(context, options.url());
        }
    }

    /** Has one buffer for all lanes, and fails a stage where it is in use. */
    public static final class FailsBesideAnother extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) {
            return new OneBuffer(context, options.url()) {
                @Override
                public CompletionStage<Outcome> send(Slice slice) {
                    try {
                        return super.send(slice);
                    } catch (IllegalStateException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                }
            };
        }
    }

    private static class OneBuffer extends FlusherFactory.Good {
        private final AtomicInteger inside = new AtomicInteger();
        private final CountDownLatch two = new CountDownLatch(2);

        OneBuffer(PluginContext context, String url) {
            super(context, url);
        }

        @Override
        byte[] body(Slice slice) {
            if (!Thread.currentThread().getName().startsWith("pool-")) {
                return super.body(slice);
            }
            two.countDown();
            try {
                two.await();
                if (inside.incrementAndGet() > 1) {
                    throw new IllegalStateException("the buffer is in use");
                }
                return super.body(slice);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Makes a thread. */
    public static final class OwnThread extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            Thread thread = new Thread(LockSupport::park, "bad sender");
            thread.setDaemon(true);
            thread.start();
            return super.create(options, context);
        }
    }

    /** Makes a timer. */
    public static final class OwnTimer extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            new Timer("bad timer", true)
                    .schedule(
                            new TimerTask() {
                                @Override
                                public void run() {}
                            },
                            3_600_000);
            return super.create(options, context);
        }
    }

    /** Keeps a value in threads of the host. */
    public static final class LeavesAThreadLocal extends FlusherFactory {
        private static final ThreadLocal<Object> BUFFER = ThreadLocal.withInitial(LeavesAThreadLocal::new);

        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            BUFFER.get();
            return super.create(options, context);
        }
    }

    /** Wants to be told of the end of the process. */
    public static final class LeavesAShutdownHook extends FlusherFactory {
        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "bad hook"));
            return super.create(options, context);
        }
    }

    /** Publishes itself. */
    public static final class LeavesABean extends FlusherFactory {
        public interface CountMBean {
            int getCount();
        }

        public static final class Count implements CountMBean {
            @Override
            public int getCount() {
                return 0;
            }
        }

        @Override
        public Flusher create(Options options, PluginContext context) throws Exception {
            ObjectName name = new ObjectName("dev.example:type=bad,number=" + System.nanoTime());
            ManagementFactory.getPlatformMBeanServer().registerMBean(new Count(), name);
            return super.create(options, context);
        }
    }
}
