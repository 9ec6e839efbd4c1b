package hostile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong at a place, by a file of its name that a test writes and deletes at any time. */
public final class Fault {
    private static final String FOLDER = System.getProperty("hostile.faults", System.getenv("HOSTILE_FAULTS"));

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

    /** A stage that fails, gives nothing, or never ends, where the test wants it; null where it does not. */
    public static <T> CompletionStage<T> stage(String place, T good) {
        switch (mode(place)) {
            case "failed":
                return CompletableFuture.failedStage(new Hostile());
            case "nothing":
                return CompletableFuture.completedStage(null);
            case "never":
                return new CompletableFuture<>();
            case "twice":
                return new Twice<>(good);
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
        private final T good;

        Twice(T good) {
            this.good = good;
            complete(good);
        }

        @Override
        public CompletableFuture<T> whenComplete(
                java.util.function.BiConsumer<? super T, ? super Throwable> action) {
            action.accept(good, null);
            action.accept(good, null);
            return this;
        }
    }
}
