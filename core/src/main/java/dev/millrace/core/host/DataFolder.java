package dev.millrace.core.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The data folder, locked for this process and readable by its user only.
 *
 * <pre>
 * lock                 locked as long as the host runs; holds its process ID
 * admin.address        host and port of the admin endpoint, as long as the host runs
 * pipelines/NAME/      the journal, the cursors and the dead letters of a pipeline
 * cache/               the archive of classes that makes a start faster
 * plugins/             copies of the plugins' jars that are loaded
 * tmp/                 temporary files, emptied at each start
 * </pre>
 */
public final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder where it is missing, and locks it.
     *
     * @throws StartException if it cannot be used, or another process holds it
     */
    public static DataFolder open(Path folder) throws StartException {
        try {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
                throw new StartException(ExitCode.DATA_FOLDER, HostMessage.DATA_FOLDER_NOT_A_FOLDER.with(folder));
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return lock(folder);
        } catch (AccessDeniedException e) {
            throw unusable(folder, "no permission to write " + e.getFile());
        } catch (IOException e) {
            throw unusable(folder, reason(e));
        }
    }

    /** Says that the host cannot start because something in the folder cannot be read or written. */
    static StartException unusable(Path folder, IOException e) {
        return unusable(folder, reason(e));
    }

    private static StartException unusable(Path folder, String reason) {
        return new StartException(ExitCode.DATA_FOLDER, HostMessage.DATA_FOLDER_UNUSABLE.with(folder, reason));
    }

    /*
     * The process ID is written through the channel that holds the lock: closing any other channel of the same file
     * would release the lock.
     */
    private static DataFolder lock(Path folder) throws IOException, StartException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            ByteBuffer holder = ByteBuffer.allocate(32);
            channel.read(holder, 0);
            channel.close();
            String process = new String(holder.array(), 0, holder.position(), StandardCharsets.UTF_8).strip();
            throw new StartException(
                    ExitCode.DATA_FOLDER,
                    HostMessage.DATA_FOLDER_IN_USE.with(folder, process.isEmpty() ? "(unknown)" : process));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        return new DataFolder(folder, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /* The reason of the system, such as "Read-only file system"; without one, what the exception is called. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException of && of.getReason() != null) {
            return of.getFile() + ": " + of.getReason();
        }
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    /** A folder of the data folder. */
    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Writes down where the admin endpoint listens. */
    void publishAdminAddress(String address) throws IOException {
        Path draft = Files.writeString(folder.resolve("admin.address.new"), address + "\n");
        Files.move(draft, folder.resolve("admin.address"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("admin.address"));
        channel.close();
    }
}
