package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is valid, disabled, or has problems that say where. */
final class NonsenseTest {
    private static final String VALID = """
            enable: true
            global: &g {Durability: write, MaxBytes: 1GiB}
            inputs:
              - Type: service_prometheus/x
                ScrapeConfigs:
                  - {job_name: node, scrape_interval: 1m30s, params: {a: "b\\u0041"}}
            processors: ~
            flushers:
              - Type: flusher_prometheus
                Endpoint: 'http://${env:HOST:-localhost}/api/v1/write'
                Timeout: 10s
                Authenticator: {Type: ext_chain, Next: {Type: ext_basicauth}}
                Retry: {<<: {MaxRetryTimes: 3}, InitialDelay: 1s}
            extensions:
              - Type: ext_basicauth
                Username: |
                  me
                Password: ${env:PASSWORD}
            """;
    private static final String SIGNS = "{}[]:,-?&*!|>'\"%@`#~<$\\ \n\t\0\u00e9\u2028aTy0";

    @TempDir
    Path folder;

    private final PipelineReader<Plugins.Delivery> reader =
            new PipelineReader<>(new Plugins(), Plugins.Delivery.class, Map.of("PASSWORD", "hush-hush")::get);

    private String check(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("web.yaml"), content);
        Problems problems = new Problems();
        PipelineFile<Plugins.Delivery> read = reader.read(file, problems);
        assertThat(read instanceof PipelineFile.Invalid).isEqualTo(!problems.isEmpty());
        assertThat(problems.problems()).allSatisfy(problem -> {
            assertThat(problem.message()).isNotBlank().doesNotContain("\n", "Exception");
            assertThat(problem.location().file()).isEqualTo(file.toString());
        });
        return problems + read.toString();
    }

    @Test
    void theFileIsValidBeforeItIsDamaged() throws IOException {
        Problems problems = new Problems();
        Path file = Files.writeString(folder.resolve("web.yaml"), VALID);
        assertThat(reader.read(file, problems)).isInstanceOf(PipelineFile.Valid.class);
        assertThat(problems.problems()).isEmpty();
    }

    @Test
    void everyTruncationIsReported() throws IOException {
        byte[] whole = VALID.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(check(Arrays.copyOf(whole, length))).doesNotContain("hush-hush");
        }
    }

    @Test
    void everyMutationIsReported() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("NonsenseTest: -Dmillrace.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int change = random.nextInt(1, 8); change > 0; change--) {
                int at = random.nextInt(text.length());
                int to = Math.min(text.length(), at + random.nextInt(1, 20));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    case 1 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                    default -> text.delete(at, to);
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            check(bytes);
        }
    }
}
