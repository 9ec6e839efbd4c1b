package dev.millrace.distribution.demo;

import dev.millrace.core.host.ExitCode;
import dev.millrace.distribution.numbered.RemoteWriteBody;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's receiver: a process that records each request of remote write as it came, before it answers it. */
@Command(name = "receiver", description = "The receiver of the demo.", hidden = true)
final class ReceiverCommand implements Callable<Integer> {
    private static final int NO_CONTENT = 204;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--record", required = true)
    private Path file = Path.of("");

    /** The number, from 1 on, of the request with samples that is answered but not recorded; 0 is none. */
    @Option(names = "--swallow-request")
    private int swallow;

    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public Integer call() throws IOException, InterruptedException {
        RequestRecord record = RequestRecord.append(file);
        Runtime.getRuntime().addShutdownHook(new Thread(record::close, "record"));
        try (RemoteWriteEndpoint endpoint = RemoteWriteEndpoint.start(port, (headers, body) -> take(body, record))) {
            System.out.println("receives at " + endpoint.url());
            new CountDownLatch(1).await();
            return ExitCode.OK.code();
        }
    }

    private int take(byte[] body, RequestRecord record) throws IOException {
        if (swallow == 0 || RemoteWriteBody.samples(body).isEmpty() || requests.incrementAndGet() != swallow) {
            record.add(body);
        }
        return NO_CONTENT;
    }
}
