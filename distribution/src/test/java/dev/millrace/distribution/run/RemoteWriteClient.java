package dev.millrace.distribution.run;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/** A client that pushes remote write 1.0: each request holds one page of a numbered target. */
public final class RemoteWriteClient {
    private final URI uri;
    private final String instance;
    private final int series;

    /** A client that pushes pages of {@code series} series. */
    public RemoteWriteClient(String uri, String instance, int series) {
        this.uri = URI.create(uri);
        this.instance = instance;
        this.series = series;
    }

    /** Pushes a page and returns the status of the answer. */
    public int push(long page, long timestamp) throws IOException {
        return answer(page, timestamp).statusCode();
    }

    /** Pushes a page and returns the answer. */
    public HttpResponse<String> answer(long page, long timestamp) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(body);
        for (int i = 0; i < series; i++) {
            output.writeByteArray(1, series(Integer.toString(i), page, timestamp));
        }
        output.flush();
        return Web.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Snappy.compress(body.toByteArray()))));
    }

    private byte[] series(String number, long page, long timestamp) throws IOException {
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        CodedOutputStream sampleOutput = CodedOutputStream.newInstance(sample);
        sampleOutput.writeDouble(1, (double) page);
        sampleOutput.writeInt64(2, timestamp);
        sampleOutput.flush();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(message);
        output.writeByteArray(1, label("__name__", "numbered_page"));
        output.writeByteArray(1, label("instance", instance));
        output.writeByteArray(1, label("series", number));
        output.writeByteArray(2, sample.toByteArray());
        output.flush();
        return message.toByteArray();
    }

    private static byte[] label(String name, String value) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(message);
        output.writeByteArray(1, name.getBytes(StandardCharsets.UTF_8));
        output.writeByteArray(2, value.getBytes(StandardCharsets.UTF_8));
        output.flush();
        return message.toByteArray();
    }
}
