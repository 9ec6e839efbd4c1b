package dev.millrace.core.plugin;

import dev.millrace.core.files.FileTree;
import dev.millrace.core.plugin.PluginFolder.Location;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The right to change what is in plugin folders, which one process at a time has. Who gets it first finishes what a process
 * that was killed in the middle of a change left there:
 *
 * <pre>
 * .lock       is empty, and locked while a change goes on; it stays, because who deletes it could not tell that another
 *             process has opened it
 * .NAME.new   a copy that never came to its place, and is deleted
 * .NAME.old   what was to be replaced or removed; it is deleted where NAME or another one with its plugin ID is there, and
 *             comes back otherwise
 * </pre>
 *
 * <p>Folders that this process cannot write are left alone: it cannot change them either.
 */
public final class PluginFolderLock implements AutoCloseable {
    private static final String NEW = ".new";
    private static final String OLD = ".old";

    private final List<FileChannel> held = new ArrayList<>();

    private PluginFolderLock() {}

    /** Where a copy of what comes to a place is made. */
    public static Path draft(Path place) {
        return hidden(place, NEW);
    }

    /** Where what is at a place is kept until the change is done. */
    public static Path aside(Path place) {
        return hidden(place, OLD);
    }

    /* Names that begin with a dot are not looked at by who reads a plugin folder. */
    private static Path hidden(Path place, String ending) {
        return place.resolveSibling("." + place.getFileName() + ending);
    }

    /**
     * Takes the right.
     *
     * @throws IOException if another process has it, in words for the user
     */
    public static PluginFolderLock take(List<Path> folders) throws IOException {
        PluginFolderLock lock = new PluginFolderLock();
        try {
            for (Path folder : folders.stream().distinct().toList()) {
                lock.add(folder);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void add(Path folder) throws IOException {
        Path file = folder.resolve(".lock");
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            return;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(folder + ": another command changes its plugins; try again when that is done");
        }
        held.add(channel);
        finish(folder);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Finishes what was left in the folders, where there is something. */
    public static void finish(List<Path> folders) throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder) && !unfinished(folder).isEmpty()) {
                left.add(folder);
            }
        }
        take(left).close();
    }

    private static List<Path> unfinished(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> {
                        String name = path.getFileName().toString();
                        return name.startsWith(".") && (name.endsWith(NEW) || name.endsWith(OLD));
                    })
                    .toList();
        }
    }

    private static void finish(Path folder) throws IOException {
        List<Path> hidden = unfinished(folder);
        for (Path path : hidden) {
            String name = path.getFileName().toString();
            if (name.endsWith(OLD)) {
                finish(folder, path, folder.resolve(name.substring(1, name.length() - OLD.length())));
            }
        }
        for (Path path : hidden) {
            if (path.getFileName().toString().endsWith(NEW)) {
                FileTree.delete(path);
            }
        }
    }

    private static void finish(Path folder, Path aside, Path place) throws IOException {
        if (Files.exists(place)) {
            FileTree.delete(aside);
            return;
        }
        String id = idOf(aside);
        if (id == null) {
            return; // no plugin, so nobody misses it
        }
        if (PluginFolder.scan(folder, (path, why) -> {}).stream()
                .map(Location::path)
                .anyMatch(other -> id.equals(idOf(other)))) {
            FileTree.delete(aside);
        } else {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /* Null where it is no plugin that can be read. */
    private static @Nullable String idOf(Path plugin) {
        try {
            return PluginName.of(plugin).id();
        } catch (IOException broken) {
            return null;
        }
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        for (FileChannel channel : held) {
            channel.close();
        }
    }
}
