package dev.millrace.core.compression;

import dev.millrace.spi.BodyBuffer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** gzip (RFC 1952) by the JDK. */
final class GzipCodec implements Codec {
    private static final int BUFFER = 8 * 1024;

    @Override
    public void compress(BodyBuffer input, BodyBuffer output) {
        try (GZIPOutputStream stream = new GZIPOutputStream(output, BUFFER)) {
            stream.write(input.array(), 0, input.length());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory failed", impossible);
        }
    }

    @Override
    public void decompress(BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        ByteArrayInputStream compressed = new ByteArrayInputStream(input.array(), 0, input.length());
        try (GZIPInputStream stream = new GZIPInputStream(compressed, BUFFER)) {
            LimitedReader.read(stream, output, limit);
        } catch (EOFException exception) {
            throw new IOException("gzip: the data ends too early", exception);
        } catch (ZipException exception) {
            throw new IOException("gzip: damaged data: " + exception.getMessage(), exception);
        }
    }
}
