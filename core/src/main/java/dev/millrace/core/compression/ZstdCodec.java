package dev.millrace.core.compression;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.millrace.spi.BodyBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Zstandard frames (RFC 8878), with windows of at most 8 MiB, which is what section 3.1.1.1.2 asks of a decoder. */
final class ZstdCodec implements Codec {
    private static final int LEVEL = 3;
    private static final int MAX_WINDOW_LOG = 23;

    @Override
    public void compress(BodyBuffer input, BodyBuffer output) {
        int bound = Math.toIntExact(Zstd.compressBound(input.length()));
        output.reserve(bound);
        long count =
                Zstd.compressByteArray(output.array(), output.length(), bound, input.array(), 0, input.length(), LEVEL);
        if (Zstd.isError(count)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(count));
        }
        output.advance((int) count);
    }

    @Override
    public void decompress(BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        if (input.length() == 0) {
            throw new IOException("zstd: no data");
        }
        ByteArrayInputStream compressed = new ByteArrayInputStream(input.array(), 0, input.length());
        try (ZstdInputStreamNoFinalizer stream =
                new ZstdInputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE)) {
            stream.setLongMax(MAX_WINDOW_LOG);
            LimitedReader.read(stream, output, limit);
        } catch (ZstdIOException exception) {
            throw new IOException("zstd: damaged data: " + exception.getMessage(), exception);
        }
    }
}
