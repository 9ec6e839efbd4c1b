package hostile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes wrong at a place, by a file of its name that a test writes and deletes at any time. Where it went wrong there, an
 * empty file {@code PLACE.reached} lies beside it.
 */
public final class Fault {
    private static final String FOLDER = System.getProperty("hostile.faults", System.getenv("HOSTILE_FAULTS"));

    private static final Queue<Runnable> NEVER = new ConcurrentLinkedQueue<>();

    private Fault() {}

    /** The mode of a place; empty where all is well. */
    public static String mode(String place) {
        try {
            Path file = Path.of(FOLDER).resolve(place);
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (java.io.IOException gone) {
            return "";
        }
    }

    /** Throws, or goes on for ever, where the test wants it; true where it wants something else that is wrong. */
    public static boolean at(String place) {
        String mode = mode(place);
        if (!mode.isEmpty()) {
            done(place);
        }
        switch (mode) {
            case "":
                return false;
            case "exception":
                throw new IllegalStateException("as the test wants");
            case "checked":
                throw Fault.<RuntimeException>sneaky(new java.io.IOException("as the test wants"));
            case "error":
                throw new Error("as the test wants");
            case "linkage":
                throw new NoClassDefFoundError("as/the/test/Wants");
            case "memory":
                throw new OutOfMemoryError("as the test wants");
            case "death":
                throw new ThreadDeath();
            case "stack":
                return deep(0) > 0;
            case "hostile":
                throw new Hostile();
            case "block":
                while (mode(place).equals("block")) {
                    LockSupport.parkNanos(5_000_000);
                }
                return false;
            default:
                return true;
        }
    }

    /* How often it went wrong at a place, where all class loaders of the test see it, and a file for another process. */
    private static void done(String place) {
        try {
            Files.write(Path.of(FOLDER).resolve(place + ".reached"), new byte[0]);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        shared().merge("hostile.done." + place, 1, (a, b) -> (Integer) a + (Integer) b);
    }

    private static Map<Object, Object> shared() {
        return System.getProperties();
    }

    /** Keeps what a flusher has delivered, in its order. */
    public static void delivered(String value) {
        shared().merge("hostile.delivered", value, (a, b) -> a + " " + b);
    }

    /** Ends the stages that never ended, as if all had been well, now that nobody waits for them. */
    public static void late() {
        for (Runnable end = NEVER.poll(); end != null; end = NEVER.poll()) {
            end.run();
        }
    }

    /** A stage that fails, gives nothing, or never ends, where the test wants it. */
    public static <T> CompletionStage<T> stage(String place, T good) {
        String mode = mode(place);
        if (!mode.isEmpty() && !mode.equals("twice")) {
            done(place);
        }
        switch (mode) {
            case "failed":
                return CompletableFuture.failedStage(new Hostile());
            case "nothing":
                return CompletableFuture.completedStage(null);
            case "never":
                CompletableFuture<T> never = new CompletableFuture<>();
                NEVER.add(() -> never.complete(good));
                return never;
            case "twice":
                return new Twice<>(place, good);
            case "null":
                return null;
            default:
                return CompletableFuture.completedStage(good);
        }
    }

    private static int deep(int depth) {
        return 1 + deep(depth + 1);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** It throws when it is asked, and its causes have no end. */
    public static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public String toString() {
            throw new Error("no");
        }

        @Override
        public synchronized Throwable getCause() {
            return new Hostile();
        }
    }

    /** A stage that tells everything twice. */
    public static final class Twice<T> extends CompletableFuture<T> {
        private final String place;
        private final T good;

        Twice(String place, T good) {
            this.place = place;
            this.good = good;
            complete(good);
        }

        @Override
        public CompletableFuture<T> whenComplete(
                java.util.function.BiConsumer<? super T, ? super Throwable> action) {
            action.accept(good, null);
            action.accept(good, null);
            done(place);
            return this;
        }
    }
}
