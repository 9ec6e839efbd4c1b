package dev.millrace.spi.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Feeds what is damaged and hostile to a parser. Whatever comes, it is read, or refused by one kind of exception in a short
 * sentence; it takes no more memory than is allowed for its length, and it comes to an end.
 *
 * <p>The inputs of a run follow from its seed, which is printed. {@code -Dmillrace.seed=} repeats a run,
 * {@code -Dmillrace.fuzz.inputs=} makes it longer than some hundred inputs. Every input has a seed of its own: what fails says
 * how it is repeated alone.
 */
public final class Fuzz {
    private static final int INPUTS = Integer.getInteger("millrace.fuzz.inputs", 500);
    private static final int LONGEST_MESSAGE = 1000;
    private static final int SHOWN = 4096;
    private static final long PATIENCE_SECONDS = 120;
    private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final Examples examples;
    private List<byte[]> hostile = List.of();
    private List<String> tokens = List.of();
    private long fixedBytes = 4 << 20;
    private long bytesEach = 1000;
    private volatile Input current = new Input(0, new byte[0]);
    private final AtomicInteger done = new AtomicInteger();

    /** Makes inputs that the parser reads. */
    @FunctionalInterface
    public interface Examples {
        /** The next one, which follows from {@code random} alone. */
        byte[] next(Random random) throws Exception;
    }

    /** What is tried. */
    @FunctionalInterface
    public interface Parser {
        /** Reads an input, or throws what it refuses it by. */
        void parse(byte[] input) throws Exception;
    }

    /**
     * What became of the inputs.
     *
     * @param read how many were read
     * @param refused how many were refused
     */
    public record Figures(int read, int refused) {}

    private record Input(long seed, byte[] bytes) {}

    private Fuzz(String name, Examples examples) {
        this.name = name;
        this.examples = examples;
    }

    /** Inputs made of examples; the name is that of what is tried, for people. */
    public static Fuzz of(String name, Examples examples) {
        return new Fuzz(name, examples);
    }

    /** Inputs made of texts. */
    public static Fuzz of(String name, String... texts) {
        return of(name, random -> texts[random.nextInt(texts.length)].getBytes(StandardCharsets.UTF_8));
    }

    /** Adds inputs that are tried as they are, and damaged. */
    public Fuzz hostile(byte[]... inputs) {
        hostile = List.of(inputs);
        return this;
    }

    /** As {@link #hostile(byte[]...)}. */
    public Fuzz hostile(String... inputs) {
        return hostile(Arrays.stream(inputs)
                .map(input -> input.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** Has texts turn up in the damage that mean something to the parser. */
    public Fuzz tokens(String... texts) {
        tokens = List.of(texts);
        return this;
    }

    /** How many bytes reading may allocate in all, on its own thread: {@code fixed} ones, and some for each of the input. */
    public Fuzz allocating(long fixed, long each) {
        fixedBytes = fixed;
        bytesEach = each;
        return this;
    }

    /** As {@link #run(Parser, Class, Consumer)}, where nothing more is expected of what is thrown. */
    public Figures run(Parser parser, Class<? extends Exception> refusal) {
        return run(parser, refusal, thrown -> {});
    }

    /**
     * Tries the parser.
     *
     * @param refusal what it may throw
     * @param look looks at each of these, and throws where something is wrong with it
     * @throws AssertionError if the parser does not keep to the rules, with the input
     */
    public <E extends Exception> Figures run(Parser parser, Class<E> refusal, Consumer<? super E> look) {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("Fuzz: " + name + ": -Dmillrace.seed=" + seed);
        FutureTask<Figures> run = new FutureTask<>(() -> all(seed, new Attempts<>(parser, refusal, look)));
        Thread thread = new Thread(run, "fuzz " + name);
        thread.setDaemon(true);
        thread.start();
        return awaited(run, thread);
    }

    /* Not how long it takes is looked at, but whether it goes on. */
    private Figures awaited(FutureTask<Figures> run, Thread thread) {
        while (true) {
            int before = done.get();
            try {
                return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                if (done.get() == before) {
                    AssertionError stuck = new AssertionError(said("does not come to an end"), late);
                    stuck.setStackTrace(thread.getStackTrace());
                    throw stuck;
                }
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof AssertionError broken
                        ? broken
                        : new AssertionError(said("failed"), failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private Figures all(long seed, Attempts<?> attempts) throws Exception {
        Random first = new Random(seed);
        byte[] whole = examples.next(first);
        current = new Input(seed, whole);
        for (int i = 0; i < 3; i++) { // so that what is done once is not counted
            if (!attempts.reads(whole)) {
                throw new AssertionError(said("is an example, and refused"));
            }
        }
        int read = 0;
        int refused = 0;
        for (int i = -hostile.size(); i < INPUTS; i++) {
            Input input = i < 0 ? new Input(seed, hostile.get(-1 - i)) : damaged(seed + i);
            current = input;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            boolean taken = attempts.reads(input.bytes());
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > fixedBytes + bytesEach * input.bytes().length) {
                throw new AssertionError(said("took " + allocated + " bytes of memory"));
            }
            read += taken ? 1 : 0;
            refused += taken ? 0 : 1;
            done.incrementAndGet();
        }
        return new Figures(read, refused);
    }

    private Input damaged(long seed) throws Exception {
        Random random = new Random((seed ^ seed >>> 32) * SCRAMBLE);
        byte[] other = examples.next(random);
        byte[] whole = hostile.isEmpty() || random.nextInt(4) > 0
                ? examples.next(random)
                : hostile.get(random.nextInt(hostile.size()));
        return new Input(seed, new Damage(random, tokens).of(whole, other));
    }

    private String said(String what) {
        Input input = current;
        byte[] bytes = input.bytes();
        return name + ": an input of " + bytes.length + " bytes " + what + " (-Dmillrace.fuzz.inputs=1 -Dmillrace.seed="
                + input.seed() + "): " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
    }

    /** The parser, and what is expected of it. */
    private final class Attempts<E extends Exception> {
        private final Parser parser;
        private final Class<E> refusal;
        private final Consumer<? super E> look;

        Attempts(Parser parser, Class<E> refusal, Consumer<? super E> look) {
            this.parser = parser;
            this.refusal = refusal;
            this.look = look;
        }

        boolean reads(byte[] input) {
            try {
                parser.parse(input.clone());
                return true;
            } catch (Throwable thrown) { // an error is none of the answers
                if (!refusal.isInstance(thrown)) {
                    throw new AssertionError(said("makes it throw " + thrown), thrown);
                }
                checkMessage(thrown);
                look.accept(refusal.cast(thrown));
                return false;
            }
        }

        private void checkMessage(Throwable thrown) {
            String message = String.valueOf(thrown.getMessage());
            if (thrown.getMessage() == null
                    || message.isBlank()
                    || message.length() > LONGEST_MESSAGE
                    || message.chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError(
                        said("is refused by a message that is no short line: '" + message + "'"), thrown);
            }
        }
    }
}
