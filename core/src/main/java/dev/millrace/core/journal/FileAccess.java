package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system, as far as a journal needs it. Thread-safe.
 *
 * <p>It is an interface so that {@link Durability#MEMORY} needs no second journal, and so that tests can tear writes,
 * lose data that was not forced, fill the disk and fail {@code force}.
 */
public interface FileAccess {
    /** The real file system. */
    static FileAccess real() {
        return RealFileAccess.INSTANCE;
    }

    /** Files in memory, which hold up to {@code maxBytes} together. */
    static FileAccess memory(long maxBytes) {
        return new MemoryFileAccess(maxBytes);
    }

    /** Creates a file to read and write, readable by its owner only; fails where there is one of that name. */
    OpenFile create(Path file) throws IOException;

    /** Opens a file that exists, to read and write. */
    OpenFile openForWriting(Path file) throws IOException;

    /** Opens a file that exists, to read. */
    OpenFile open(Path file) throws IOException;

    /** The names of the files in a folder, in no order. */
    List<String> list(Path folder) throws IOException;

    /** Deletes a file, or a folder that is empty; nothing happens where there is none. */
    void delete(Path file) throws IOException;

    /** Gives a file another name, in place of the file that had it. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives a file a second name; it is there until both are deleted.
     *
     * @throws IOException also where the volume knows no second names
     */
    default void link(Path file, Path second) throws IOException {
        throw new IOException(file + ": cannot be given a second name");
    }

    /** Creates a folder, accessible by its owner only, and those above it; nothing happens where there is one. */
    void createFolder(Path folder) throws IOException;

    /** Makes the entries of a folder durable. */
    void forceFolder(Path folder) throws IOException;

    /** How many bytes can still be written to the volume of a folder. */
    long usableBytes(Path folder) throws IOException;

    /** A file that is open. Thread-safe; a thread that uses it must not be interrupted. */
    interface OpenFile extends AutoCloseable {
        /** Reads into {@code target} from {@code position} on; returns the number of bytes, or -1 behind the end. */
        int read(ByteBuffer target, long position) throws IOException;

        /**
         * Writes all of {@code source} at {@code position}.
         *
         * @throws DiskFullException if there is no room; a part may be written
         */
        void write(ByteBuffer source, long position) throws IOException;

        /** Makes the content and the size durable. */
        void force() throws IOException;

        /** The size in bytes. */
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
