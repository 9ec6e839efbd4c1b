package dev.millrace.plugin.discovery.file;

import dev.millrace.plugin.lib.discovery.FoundTargets;
import dev.millrace.plugin.lib.discovery.Troubles;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at its files once a second. As in Prometheus, targets of a file that is gone are gone, and those of one that is
 * broken stay.
 */
final class FileDiscovery implements TargetDiscovery {
    private final List<FilePattern> patterns;
    private final long refreshMillis;
    private final PluginContext context;
    private final Counter errors;
    private final Troubles troubles;
    private final FoundTargets found = new FoundTargets();
    private final Object lock = new Object();
    private final Map<Path, TargetFile> files = new TreeMap<>();
    /** Those that were not there at the last look. */
    private Set<Path> missing = Set.of();

    private long nextRefresh;

    FileDiscovery(FileDiscoveryOptions options, PluginContext context) {
        this.patterns = options.files().stream().map(FilePattern::new).toList();
        this.refreshMillis = options.refreshInterval().toMillis();
        this.context = context;
        this.troubles = new Troubles(context);
        this.errors = context.metrics()
                .counter("prometheus_sd_file_read_errors_total", "Files of targets that could not be read.");
    }

    @Override
    public void start(Consumer<List<TargetGroup>> receiver) {
        if (found.to(receiver)) {
            look();
            var unused = context.scheduler().scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void look() {
        synchronized (lock) {
            long now = context.clock().millis();
            boolean refresh = now >= nextRefresh;
            if (refresh) {
                nextRefresh = now + refreshMillis;
            }
            List<String> problems = new ArrayList<>();
            findFiles(problems);
            List<TargetGroup> groups = new ArrayList<>();
            for (TargetFile file : files.values()) {
                file.look(refresh);
                groups.addAll(file.groups());
                if (!file.problem().isEmpty()) {
                    problems.add(file.problem());
                }
            }
            found.set(groups);
            errors.add(troubles.tell(problems));
        }
    }

    /* A file that is replaced may be missing for a moment, so it is forgotten at the second look that misses it. */
    private void findFiles(List<String> problems) {
        Set<Path> there = new LinkedHashSet<>();
        boolean all = true;
        for (FilePattern pattern : patterns) {
            try {
                List<Path> matching = pattern.files();
                there.addAll(matching);
                if (matching.isEmpty() && pattern.isExact()) {
                    problems.add(pattern.path() + ": no such file");
                }
            } catch (IOException e) {
                all = false;
                problems.add(pattern.path() + ": its folder cannot be read: " + e.getMessage());
            }
        }
        there.forEach(file -> files.computeIfAbsent(file, TargetFile::new));
        if (all) {
            Set<Path> gone = new HashSet<>(files.keySet());
            gone.removeAll(there);
            Set<Path> before = missing;
            missing = Set.copyOf(gone);
            gone.retainAll(before);
            files.keySet().removeAll(gone);
        }
    }
}
