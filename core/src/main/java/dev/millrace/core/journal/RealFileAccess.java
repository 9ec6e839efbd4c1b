package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The file system of the machine. */
final class RealFileAccess implements FileAccess {
    static final RealFileAccess INSTANCE = new RealFileAccess();

    /* The thread's native buffer for a write from the heap is as large as the write, and kept. */
    private static final int LARGEST_WRITE = 8 << 20;

    private RealFileAccess() {}

    @Override
    public OpenFile create(Path file) throws IOException {
        try {
            return new RealFile(FileChannel.open(
                    file,
                    Set.<OpenOption>of(
                            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    ownerOnly(file, "rw-------")));
        } catch (IOException e) {
            throw translate(e);
        }
    }

    @Override
    public OpenFile openForWriting(Path file) throws IOException {
        return new RealFile(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        return new RealFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw translate(e);
        }
    }

    @Override
    public void link(Path file, Path second) throws IOException {
        try {
            Files.createLink(second, file);
        } catch (IOException e) {
            throw translate(e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(file + ": the volume knows no second names", e);
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        } catch (IOException e) {
            throw translate(e);
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /* The JDK has no exception of its own for ENOSPC and EDQUOT: the text is the system's. */
    private static IOException translate(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded")
                ? new DiskFullException(failure)
                : failure;
    }

    private record RealFile(FileChannel channel) implements OpenFile {
        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            int end = source.limit();
            long at = position;
            try {
                while (source.position() < end) {
                    source.limit(Math.min(end, source.position() + LARGEST_WRITE));
                    at += channel.write(source, at);
                }
            } catch (IOException e) {
                throw translate(e);
            } finally {
                source.limit(end);
            }
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw translate(e);
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
