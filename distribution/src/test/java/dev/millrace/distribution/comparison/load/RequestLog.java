package dev.millrace.distribution.comparison.load;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A receiver that keeps the requests that it takes in a file, and does nothing else. Thread-safe. */
public final class RequestLog implements Closeable {
    private final RequestFile file;
    private final RemoteWriteEndpoint endpoint;

    private RequestLog(RequestFile file) throws IOException {
        this.file = file;
        this.endpoint = RemoteWriteEndpoint.start(Ports.free(), (headers, body) -> {
            file.keep(SentRequest.of(headers, body));
            return 204;
        });
    }

    /** Starts a receiver that writes a file. */
    public static RequestLog start(Path file) throws IOException {
        return new RequestLog(RequestFile.create(file));
    }

    /** Where to write to. */
    public String endpoint() {
        return endpoint.url();
    }

    /** What it kept. */
    public RequestFile file() {
        return file;
    }

    /** Takes no more. */
    @Override
    public void close() throws IOException {
        endpoint.close();
        file.close();
    }
}
