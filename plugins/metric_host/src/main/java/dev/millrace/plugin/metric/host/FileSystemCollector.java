package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Room and inodes of mounted file systems. They are asked for by {@link StatRun}s some time before; those that have not answered
 * by then have only {@code node_filesystem_device_error}. One that hung is asked alone from then on, so that it holds up no other,
 * and not again before the process that hangs has ended.
 */
final class FileSystemCollector implements Collector {
    private final List<String> program;
    private final Path ofInit;
    private final Path ofSelf;
    private final Path root;
    private final Predicate<String> excludedMountPoint;
    private final Predicate<String> excludedType;
    private final FileSystemFamilies families;
    private final ProcText text = new ProcText();
    private final double[] numbers = FileSystem.noNumbers();
    private final ByName<Optional<FileSystem>> fileSystems = new ByName<>(this::fileSystem);
    private final List<FileSystem> present = new ArrayList<>();
    /** Those that were begun last; another thread ends them. */
    private volatile List<StatRun> runs = List.of();
    /** By paths that hung, those that still do, and those that are asked alone. */
    private final Map<String, Optional<StatRun>> suspects = new HashMap<>();

    FileSystemCollector(Host host) {
        this(host, StatRun.COMMAND);
    }

    /**
     * A collector that asks another program.
     *
     * @param program as {@link StatRun#COMMAND}
     */
    FileSystemCollector(Host host, List<String> program) {
        this.program = program;
        ofInit = host.proc("1/mounts");
        ofSelf = host.proc("self/mounts");
        root = host.options().rootFsPath();
        excludedMountPoint = host.options().excludedMountPoint();
        excludedType = host.options().excludedType();
        families = FileSystemFamilies.of(host.families());
    }

    @Override
    public void prepare() throws IOException {
        readMounts();
        List<StatRun> started = new ArrayList<>();
        suspects.replaceAll((path, run) -> run.filter(StatRun::isAlive));
        List<FileSystem> together = new ArrayList<>();
        for (FileSystem one : present) {
            Optional<StatRun> hangs = suspects.get(one.mount().path());
            if (hangs == null) {
                together.add(one);
            } else if (hangs.isEmpty()) {
                started.add(StatRun.start(program, List.of(one)));
            } else {
                one.ask();
            }
        }
        for (int from = 0; from < together.size(); from += StatRun.MOST) {
            started.add(StatRun.start(program, together.subList(from, Math.min(together.size(), from + StatRun.MOST))));
        }
        runs = started;
    }

    /* The mounts of the first process are the host's; a container, or a hardened service, sees only its own. */
    private void readMounts() throws IOException {
        text.read(Files.isReadable(ofInit) ? ofInit : ofSelf);
        present.clear();
        Set<List<String>> labels = new HashSet<>();
        while (text.nextLine()) {
            text.rest();
            Optional<FileSystem> one = fileSystems.of(text);
            if (one.isPresent()) {
                Mount mount = one.get().mount();
                if (labels.add(List.of(mount.device(), mount.mountPoint(), mount.type()))) {
                    present.add(one.get());
                }
            }
        }
        fileSystems.endRound();
    }

    @Override
    public void collect(Samples samples) throws IOException {
        for (StatRun run : runs) {
            boolean late = run.isAlive(); // asked before the answers are read: one that ended has said all
            run.takeAnswers(text, numbers);
            if (late) {
                run.kill();
                run.waitsFor().ifPresent(one -> suspects.put(one.mount().path(), Optional.of(run)));
            }
        }
        for (FileSystem one : present) {
            one.add(samples);
        }
        forgive();
    }

    /* What answers again, or is gone, is asked with the others again. */
    private void forgive() {
        Set<String> silent = new HashSet<>();
        for (FileSystem one : present) {
            if (!one.isAnswered()) {
                silent.add(one.mount().path());
            }
        }
        for (Iterator<Map.Entry<String, Optional<StatRun>>> all =
                        suspects.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Optional<StatRun>> suspect = all.next();
            if (suspect.getValue().isEmpty() && !silent.contains(suspect.getKey())) {
                all.remove();
            }
        }
    }

    @Override
    public void stop() {
        runs.forEach(StatRun::kill);
    }

    private Optional<FileSystem> fileSystem(String line) {
        return Mount.of(line, root)
                .filter(mount -> !excludedMountPoint.test(mount.mountPoint()) && !excludedType.test(mount.type()))
                .map(mount -> new FileSystem(mount, families));
    }
}
