package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/**
 * Pushed bodies that are damaged, or made to fill the memory: refused in a sentence by a process with a small heap, which
 * takes good ones afterwards. {@code -Dmillrace.seed=} repeats a run.
 */
final class DamagedPushIT {
    private static final String VERSION_1 = "application/x-protobuf";
    private static final String VERSION_2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private static final int TOO_LARGE = 64 << 20;
    private static final int LARGEST = 32 << 20;

    private final String url = "http://127.0.0.1:" + Ports.free() + "/api/v1/write";

    @TempDir
    Path folder;

    @Test
    void areRefusedInASentence() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder, Millrace.HOME, Map.of("MILLRACE_HEAP", "512m"))) {
            millrace.pipeline(
                    "push",
                    "inputs:\n  - Type: service_http_server\n    Address: '"
                            + URI.create(url).getAuthority() + "'\nflushers:\n"
                            + Pipelines.flusher("", receiver.endpoint(), ""));
            millrace.start();
            for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
                String encoding = body.getKey().split(" ")[0];
                for (String contentType : new String[] {VERSION_1, VERSION_2}) {
                    HttpResponse<String> answer = post(contentType, encoding, body.getValue());
                    assertThat(answer.statusCode())
                            .as("%s, %s: %s", body.getKey(), contentType, answer.body())
                            .isIn(400, 413);
                    assertThat(answer.body()).isNotBlank().hasLineCount(1);
                    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
                            .as(contentType)
                            .isEqualTo(contentType.equals(VERSION_2) ? Optional.of("0") : Optional.empty());
                }
            }
            assertThat(new RemoteWriteClient(url, "client", 2).push(1, 1_000)).isEqualTo(204);
            assertThat(millrace.lines())
                    .noneMatch(
                            line -> line.startsWith("\tat ") || line.contains("OutOfMemory") || line.contains("ERROR"));
        }
    }

    private HttpResponse<String> post(String contentType, String encoding, byte[] body) throws IOException {
        return Web.send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", contentType)
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /* By the content encoding and what is wrong. */
    private static Map<String, byte[]> bodies() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        byte[] noise = new byte[10_000];
        new Random(seed).nextBytes(noise);
        noise[0] = 0x0b; // a group of field 1, which no version has
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("snappy bomb", Snappy.compress(new byte[TOO_LARGE]));
        bodies.put("gzip bomb", gzip(new byte[TOO_LARGE]));
        bodies.put("zstd bomb", Zstd.compress(new byte[TOO_LARGE]));
        bodies.put("snappy that lies about its length", new byte[] {-1, -1, -1, -1, 7, 0, 0});
        bodies.put("snappy of noise", Snappy.compress(noise));
        bodies.put("gzip of noise", gzip(noise));
        bodies.put("zstd of noise", Zstd.compress(noise));
        bodies.put("snappy that is none", noise);
        bodies.put("gzip that is none", noise);
        bodies.put("zstd that is none", noise);
        bodies.put("snappy cut off", Arrays.copyOf(Snappy.compress(noise), 5_000));
        bodies.put("snappy of series in which nothing but empty samples is", Snappy.compress(emptySamples()));
        bodies.put("snappy of one help text that thousands of families share", Snappy.compress(sharedHelp()));
        return bodies;
    }

    /* 1.1 MB, and 3 GB where each family has its own; for version 1.0 a sample without labels. */
    private static byte[] sharedHelp() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        putField(body, 0x0a, new byte[] {0x12, 0});
        putField(body, 0x22, new byte[0]);
        putField(body, 0x22, "__name__".getBytes(StandardCharsets.UTF_8));
        putField(body, 0x22, "h".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 3_000; i++) {
            putField(body, 0x22, ("n" + i).getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream labels = new ByteArrayOutputStream();
            labels.write(1);
            putVarint(labels, 3 + i);
            ByteArrayOutputStream series = new ByteArrayOutputStream();
            putField(series, 0x0a, labels.toByteArray());
            putField(series, 0x12, new byte[] {0x10, 1}); // a sample at 1
            putField(series, 0x2a, new byte[] {0x08, 2, 0x18, 2}); // a gauge with the help
            putField(body, 0x2a, series.toByteArray());
        }
        return body.toByteArray();
    }

    private static void putField(ByteArrayOutputStream body, int tag, byte[] content) {
        body.write(tag);
        putVarint(body, content.length);
        body.writeBytes(content);
    }

    private static void putVarint(ByteArrayOutputStream body, int number) {
        int rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            body.write(rest | 0x80);
        }
        body.write(rest);
    }

    /* A TimeSeries in both versions: of 16 million samples of two bytes, one length for each. */
    private static byte[] emptySamples() {
        byte[] body = new byte[LARGEST];
        int half = LARGEST / 2;
        putSeries(body, 0, 0x0a, half);
        putSeries(body, half, 0x2a, half);
        return body;
    }

    private static void putSeries(byte[] body, int at, int tag, int size) {
        int length = size - 6;
        body[at] = (byte) tag;
        for (int i = 0; i < 4; i++) {
            body[at + 1 + i] = (byte) (length >>> 7 * i | 0x80);
        }
        body[at + 5] = (byte) (length >>> 28);
        for (int i = at + 6; i < at + size; i += 2) {
            body[i] = 0x12;
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
