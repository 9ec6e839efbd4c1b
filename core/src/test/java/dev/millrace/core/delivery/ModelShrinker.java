package dev.millrace.core.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Leaves out of a list of operations, which make a run fail, all that it fails without (delta debugging). */
final class ModelShrinker {
    private static final long MOST_TIME = TimeUnit.SECONDS.toNanos(20);

    private final Consumer<List<ModelOperation>> run;
    private final String failure;
    private final long until = System.nanoTime() + MOST_TIME;

    private ModelShrinker(Consumer<List<ModelOperation>> run, Throwable failure) {
        this.run = run;
        this.failure = place(failure);
    }

    /** The shortest list found in some seconds that fails at the same place; its first operation stays. */
    static List<ModelOperation> shrink(List<ModelOperation> operations, Throwable failure) {
        return shrink(operations, failure, ModelRun::run);
    }

    static List<ModelOperation> shrink(
            List<ModelOperation> operations, Throwable failure, Consumer<List<ModelOperation>> run) {
        return new ModelShrinker(run, failure).shrink(operations);
    }

    private List<ModelOperation> shrink(List<ModelOperation> operations) {
        List<ModelOperation> shrunk = new ArrayList<>(operations);
        int size = shrunk.size() / 2;
        while (size > 0 && System.nanoTime() < until) {
            boolean shorter = false;
            for (int from = shrunk.size() - size; from > 0 && System.nanoTime() < until; from -= size) {
                List<ModelOperation> fewer = new ArrayList<>(shrunk.subList(0, from));
                fewer.addAll(shrunk.subList(from + size, shrunk.size()));
                if (fails(fewer)) {
                    shrunk = fewer;
                    shorter = true;
                }
            }
            size = shorter && size < shrunk.size() ? size : size / 2;
        }
        return shrunk;
    }

    private boolean fails(List<ModelOperation> operations) {
        try {
            run.accept(operations);
            return false;
        } catch (RuntimeException | Error e) {
            return place(e).equals(failure);
        }
    }

    /* The kind of the failure, and the line of this package or of the product that it comes from. */
    private static String place(Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("dev.millrace")) {
                return failure.getClass() + " " + Objects.toString(element);
            }
        }
        return failure.toString();
    }
}
