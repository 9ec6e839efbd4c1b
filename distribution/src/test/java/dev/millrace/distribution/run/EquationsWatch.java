package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at {@code /metrics} of a Millrace again and again while it runs, through all its lives: on every page the equations
 * hold, over restarts the {@link Continuity}, and {@link Totals} never go back. Thread-safe.
 *
 * <p>A page that cannot be had, because the process is just starting or ending, is none. A life that ends without a word is
 * taken for killed.
 */
public final class EquationsWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final Pages pages;
    private final Predicate<String> stored;
    private final Object lock = new Object();
    private final Totals totals = new Totals();
    private final Continuity continuity = new Continuity();
    private CountDownLatch ended = new CountDownLatch(0);
    private Thread thread;
    private Object life;
    private int count;
    private AssertionError violation;

    EquationsWatch(Pages pages, Predicate<String> stored) {
        this.pages = pages;
        this.stored = stored;
    }

    /** Where the pages come from. */
    @FunctionalInterface
    interface Pages {
        /** What there is at this moment; fails where there is none. */
        Page get() throws IOException;
    }

    /** A page, and the life of the process that it is of. */
    record Page(Object life, MetricsPage metrics) {}

    /** A watch over the Millrace that has these folders of configuration and data, which may still be to come. */
    static EquationsWatch over(Supplier<Path> conf, Supplier<Path> data) {
        return new EquationsWatch(new AdminPages(data), pipeline -> isStored(conf, pipeline));
    }

    private static boolean isStored(Supplier<Path> conf, String pipeline) {
        try {
            Path file = conf.get().resolve("pipelines/" + pipeline + ".yaml");
            return !Files.readString(file).contains("memory");
        } catch (IOException e) {
            return false; // its file is gone, and so is what is known of it
        }
    }

    /**
     * Begins to watch a Millrace that is started, killed and stopped by someone else, up to {@link #close}.
     *
     * @param folder finds the folder that has {@code conf} and {@code data}
     */
    public static EquationsWatch begin(Supplier<Path> folder) {
        return begin(() -> folder.get().resolve("conf"), () -> folder.get().resolve("data"));
    }

    /** Begins to watch a Millrace that is started, killed and stopped by someone else, up to {@link #close}. */
    public static EquationsWatch begin(Supplier<Path> conf, Supplier<Path> data) {
        EquationsWatch watch = over(conf, data);
        watch.begin();
        return watch;
    }

    /** A life of the process begins. */
    void begin() {
        CountDownLatch end = new CountDownLatch(1);
        ended = end;
        thread = new Thread(() -> watch(end), "equations");
        thread.setDaemon(true);
        thread.start();
    }

    /** A life ends now, after a last look. */
    void end(boolean byKill) {
        if (ended.getCount() == 0) {
            return;
        }
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        look();
        synchronized (lock) {
            endLife(byKill);
        }
    }

    private void endLife(boolean byKill) {
        life = null;
        totals.end(byKill);
        continuity.end();
    }

    /** What was counted up to now is not to be expected in the next life. */
    void forget() {
        synchronized (lock) {
            totals.forget();
            continuity.forget();
        }
    }

    /** Fails where something was wrong on any page. */
    void verify() {
        synchronized (lock) {
            if (violation != null) {
                throw violation;
            }
        }
    }

    /** Fails where something was wrong on any page, and where there was no page. */
    void verifySeen() {
        verify();
        synchronized (lock) {
            assertThat(count).as("pages of /metrics that were seen").isPositive();
        }
    }

    /** Waits until there was a page. */
    public void awaitPage() {
        Await.until("a page of /metrics is seen", Duration.ofSeconds(60), () -> {
            synchronized (lock) {
                return count > 0;
            }
        });
    }

    /** Ends the watch; fails where something was wrong on any page, and where there was no page. */
    @Override
    public void close() {
        end(true);
        verifySeen();
    }

    private void watch(CountDownLatch end) {
        try {
            do {
                look();
            } while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at one page, if there is one. */
    void look() {
        Page page;
        try {
            page = pages.get();
        } catch (IOException e) {
            return; // it is not there yet, or no more
        }
        synchronized (lock) {
            if (life != null && !life.equals(page.life)) {
                endLife(true);
            }
            life = page.life;
            count++;
            try {
                Equations.holdWhereThere(page.metrics);
                totals.look(page.metrics, stored);
                continuity.look(page.metrics, flusher -> stored.test(flusher.pipeline()));
            } catch (AssertionError e) {
                violation = violation != null ? violation : new AssertionError("on page " + count + " of /metrics", e);
            }
        }
    }
}
