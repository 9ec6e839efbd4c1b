package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads of the configuration: those that somebody asks for, and those that a change of files or jars asks for. Used by the
 * host's control thread only.
 */
final class Reloads {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private static final long PAUSE_MILLIS = 1000;

    /** Until the look that tells whether a change has settled. */
    private static final long SHORT_PAUSE_MILLIS = 500;

    private final Pipelines pipelines;
    private final RunningPlugins plugins;
    private final ConfigWatch files;
    private final JarWatch jars;

    Reloads(Pipelines pipelines, RunningPlugins plugins, ConfigWatch files, JarWatch jars) {
        this.pipelines = pipelines;
        this.plugins = plugins;
        this.files = files;
        this.jars = jars;
    }

    /** Begins to take everything as it is now; completes with what came of it. */
    CompletableFuture<Report> begin(String trigger) {
        files.taken();
        jars.taken();
        return pipelines.reload(trigger);
    }

    /** Looks again and again from now on, on the control thread. */
    void watch(ScheduledExecutorService control) {
        boolean settled = !files.unsettled() && !jars.unsettled();
        var unused = control.schedule(
                () -> {
                    look();
                    if (!control.isShutdown()) {
                        watch(control);
                    }
                },
                settled ? PAUSE_MILLIS : SHORT_PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /* Whether something changed; where nothing did, looks after what runs. */
    private void look() {
        try {
            boolean changed = files.changed();
            if (jars.changed() || changed) {
                begin(changed ? "changed files" : "changed plugins");
            } else {
                pipelines.lookAfter();
                pipelines.pluginLoaders().ifPresent(plugins::release);
            }
        } catch (RuntimeException | Error e) { // the next look must come, or no change is ever seen again
            LOG.error("a fault of the host in its look at the configuration", e);
        }
    }
}
