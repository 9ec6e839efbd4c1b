package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.delivery.Replay;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Sends dead letters of pipelines that run again, and says what came of it. */
final class DeadLetterReplay {
    private final Map<String, ManagedPipeline> pipelines;

    /** For pipelines by their names. */
    DeadLetterReplay(Map<String, ManagedPipeline> pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * Does it, and waits for it.
     *
     * @param pipeline which pipelines are meant
     * @param flusher which of their flushers
     * @param letter the one that is meant; none: all
     */
    Report run(Predicate<String> pipeline, Predicate<String> flusher, Optional<String> letter)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        boolean ok = true;
        boolean found = letter.isEmpty();
        for (Map.Entry<String, ManagedPipeline> entry : pipelines.entrySet()) {
            if (!pipeline.test(entry.getKey())) {
                continue;
            }
            for (Map.Entry<String, Replay.Result> result : entry.getValue()
                    .replay(flusher, file -> isMeant(letter, file))
                    .entrySet()) {
                Replay.Result came = result.getValue();
                found |= came.letters() > 0
                        || !came.left().isEmpty()
                        || !came.unreadable().isEmpty();
                ok &= came.left().isEmpty()
                        && came.unreadable().isEmpty()
                        && came.counts().rejected() == 0;
                text.append(entry.getKey() + "/" + result.getKey() + ": " + came.letters() + " letters sent again, "
                        + came.counts().delivered() + " items delivered, "
                        + came.counts().rejected() + " rejected again, "
                        + came.counts().dropped() + " dropped");
                text.append(came.left().isEmpty() ? "\n" : "; the others stay: " + came.left() + "\n");
                came.unreadable()
                        .forEach(file -> text.append(entry.getKey() + "/" + result.getKey() + ": nothing of " + file
                                + " can be read; it stays until it is purged\n"));
            }
        }
        if (text.isEmpty()) {
            return new Report(false, "no flusher of that name runs\n");
        }
        return found
                ? new Report(ok, text.toString())
                : new Report(
                        false,
                        letter.orElse("") + ": no such dead letter of a flusher that runs; `millrace dead-letters list`"
                                + " shows all\n");
    }

    private static boolean isMeant(Optional<String> letter, String file) {
        return letter.map(name -> file.equals(name + ".letters")).orElse(true);
    }
}
