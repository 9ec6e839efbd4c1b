package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.zip.CRC32C;

/** A file that is written and read with a checksum and nothing else: what no journal can be faster than. Not thread-safe. */
final class PlainFile implements AutoCloseable {
    /** As large as a segment; then it begins anew. */
    private static final long LARGEST = 64 << 20;

    private final Path folder = ScrapedJournal.temporaryFolder();
    private final FileChannel channel = FileChannel.open(
            folder.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private final byte[] content = new byte[1 << 20];
    private final CRC32C checksum = new CRC32C();
    private final boolean forcing;
    private long written;
    private long read;

    PlainFile(boolean forcing) throws IOException {
        this.forcing = forcing;
        new Random(1).nextBytes(content);
    }

    /** Appends so many bytes, and returns their checksum. */
    long append(int count) throws IOException {
        if (written + count > LARGEST) {
            channel.truncate(0);
            written = 0;
        }
        long sum = sum(count);
        written += channel.write(ByteBuffer.wrap(content, 0, count), written);
        if (forcing) {
            channel.force(false);
        }
        return sum;
    }

    /** Reads so many bytes of what was appended, and returns their checksum. */
    long read(int count) throws IOException {
        if (read + count > written) {
            read = 0;
        }
        read += channel.read(ByteBuffer.wrap(content, 0, count), read);
        return sum(count);
    }

    private long sum(int count) {
        checksum.reset();
        checksum.update(content, 0, count);
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(folder.resolve("plain"));
        Files.delete(folder);
    }
}
