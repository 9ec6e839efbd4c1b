package dev.millrace.core.host;

import dev.millrace.core.files.FileTree;
import dev.millrace.core.plugin.PluginFolderLock;
import dev.millrace.core.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is to be put into a plugin folder, or taken out of it, or both. It is looked at before anything is done, and
 * can be taken back afterwards.
 */
public final class PluginChange implements AutoCloseable {
    private final Folders folders;
    private final @Nullable Path old;
    private final @Nullable Path added;
    private final @Nullable Path target;
    private @Nullable Path kept;
    private boolean done;

    /**
     * A change.
     *
     * @param old the jar or folder that goes; null where nothing does
     * @param added the jar or folder that comes, under its final name and alone in its folder; null where nothing does
     */
    public PluginChange(Folders folders, @Nullable Path old, @Nullable Path added) {
        this.folders = folders;
        this.old = old;
        this.added = added;
        this.target = added == null ? null : folderOf(folders, old).resolve(added.getFileName());
    }

    /* What replaces a plugin comes to its place; a new one goes into the folder that outlives an upgrade of the host. */
    private static Path folderOf(Folders folders, @Nullable Path old) {
        Path parent = old == null ? null : old.toAbsolutePath().getParent();
        return parent == null ? folders.plugins().get(folders.plugins().size() - 1) : parent;
    }

    /** What would be wrong after the change that is not wrong now, a line each. */
    public List<String> problems() throws IOException {
        List<String> before = Validation.of(folders).problems();
        List<String> after =
                new ArrayList<>(Validation.of(folders, this::changed).problems());
        after.removeAll(before);
        return after;
    }

    private PluginSources changed(PluginSources sources) {
        PluginSources without = old == null ? sources : sources.without(old);
        Path parent = added == null ? null : added.toAbsolutePath().getParent();
        return parent == null ? without : without.with(parent);
    }

    /**
     * Makes the change. Each jar and each folder comes and goes at once.
     *
     * @throws IOException if it cannot be made; all is as before then
     */
    public void apply() throws IOException {
        if (target != null && Files.exists(target) && !target.equals(absolute(old))) {
            throw new IOException(target + " exists already, with something else in it: remove it first");
        }
        if (added != null && target != null) {
            Path draft = PluginFolderLock.draft(target);
            FileTree.delete(draft);
            FileTree.copy(added, draft);
        }
        if (old != null) {
            Path aside = PluginFolderLock.aside(old);
            FileTree.delete(aside);
            Files.move(old, aside, StandardCopyOption.ATOMIC_MOVE);
            kept = aside;
        }
        if (target != null) {
            try {
                Files.move(PluginFolderLock.draft(target), target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                putBack();
                throw e;
            }
        }
    }

    private static @Nullable Path absolute(@Nullable Path path) {
        return path == null ? null : path.toAbsolutePath();
    }

    /** Takes the change back. */
    public void undo() throws IOException {
        if (target != null) {
            FileTree.delete(target);
        }
        putBack();
    }

    private void putBack() throws IOException {
        if (old != null && kept != null) {
            Files.move(kept, old, StandardCopyOption.ATOMIC_MOVE);
            kept = null;
        }
    }

    /** The change stays. */
    public void done() {
        done = true;
    }

    /** Where the plugin is after the change; null where it is gone. */
    public @Nullable Path target() {
        return target;
    }

    /** Deletes what was kept to take the change back, where it stays. */
    @Override
    public void close() throws IOException {
        if (done && kept != null) {
            FileTree.delete(kept);
        }
    }
}
