package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.run.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

final class OtlpClientsTest {
    private static final Load LOAD = new Load(3, 100, Duration.ofMillis(20), 1);

    @Test
    void eachExportsAgainAndAgainOverAConnectionOfItsOwn() throws IOException {
        Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
        Set<Integer> ports = new ConcurrentSkipListSet<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/v1/metrics", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(bodies.size() > 9 ? 503 : 200, -1);
        });
        server.start();
        String address = "127.0.0.1:" + server.getAddress().getPort();
        try (OtlpClients clients = OtlpClients.start(LOAD, OtlpProtocol.HTTP, address)) {
            Await.until("one fails", Duration.ofSeconds(30), () -> clients.failures() > 0);
            assertThat(clients.exports()).isEqualTo(9);
            // of ten points eight are one sample, and two are 15 buckets, a sum and a count
            assertThat(clients.samples()).isEqualTo(9 * (80 + 20 * 17));
        } finally {
            server.stop(0);
        }
        assertThat(ports).hasSize(3);
        assertThat(bodies)
                .allSatisfy(
                        body -> assertThat(CodedInputStream.newInstance(body).readTag())
                                .isEqualTo(WireFormat.FieldType.BYTES.getWireType() | 1 << 3));
        assertThat(bodies).doesNotHaveDuplicates();
    }

    @Test
    void whatChangesLeavesTheRestOfARequest() throws IOException {
        OtlpRequest request = OtlpRequest.of(100, 1, 0);
        byte[] first = request.messageAt(1_000_000_000);
        byte[] second = request.messageAt(2_000_000_000);
        assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
        assertThat(fields(second)).isEqualTo(fields(first));
    }

    /* The resource, and how long each scope's metrics are. */
    private static String fields(byte[] message) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(message);
        assertThat(input.readTag()).isEqualTo(10);
        int all = input.readRawVarint32();
        assertThat(all).isEqualTo(message.length - input.getTotalBytesRead());
        StringBuilder fields = new StringBuilder();
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            byte[] field = input.readByteArray();
            fields.append(tag)
                    .append(' ')
                    .append(tag == 10 ? new String(field, StandardCharsets.UTF_8) : field.length)
                    .append('\n');
        }
        return fields.toString();
    }
}
