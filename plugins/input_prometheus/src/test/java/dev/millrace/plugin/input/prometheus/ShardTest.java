package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShardTest {
    private static final List<String> ADDRESSES =
            IntStream.range(0, 500).mapToObj(i -> "host-" + i + ".example:9100").toList();

    private static Relabeling rules(int count, int index, int replicas) {
        return Relabeling.of(new Shard(count, Optional.of(Integer.toString(index)), replicas).rules());
    }

    private static List<Integer> shards(Labels target, int count, int replicas) {
        return IntStream.range(0, count)
                .filter(index -> rules(count, index, replicas).apply(target) != null)
                .boxed()
                .toList();
    }

    /* As the rule hashmod of Prometheus is defined. */
    private static int hash(String text, int count) throws Exception {
        byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return new BigInteger(1, Arrays.copyOfRange(digest, 8, 16))
                .mod(BigInteger.valueOf(count))
                .intValue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "3, 2", "3, 3", "12, 5"})
    void eachTargetIsThatOfSoManyShards(int count, int replicas) throws Exception {
        for (String address : ADDRESSES) {
            int first = hash(address, count);
            List<Integer> expected = IntStream.range(0, replicas)
                    .map(replica -> (first + replica) % count)
                    .sorted()
                    .boxed()
                    .toList();
            assertThat(shards(Labels.of("__address__", address), count, replicas))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRuleMaySayWhatIsHashedAndWhatBelongsToAll() throws Exception {
        Labels labels = Labels.of("__address__", "a:1", "__tmp_hash", "pod-7");
        assertThat(shards(labels, 5, 1)).containsExactly(hash("pod-7", 5));

        Labels all = Labels.of("__address__", "a:1", "__tmp_disable_sharding", "true");
        assertThat(shards(all, 5, 1)).hasSize(5);
    }

    @Test
    void theIndexMayBeTheNameOfAPod() {
        assertThat(new Shard(12, Optional.of("millrace-metrics-11"), 1).rules())
                .isEqualTo(new Shard(12, Optional.of("11"), 1).rules());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 'shardCount: 0 (expected: >= 1)'",
        "2, 0, 3, 'shardReplicas: 3 (expected: 1 to ShardCount, 2)'",
        "2, 0, 0, 'shardReplicas: 0 (expected: 1 to ShardCount, 2)'",
        "2, , 1, 'shardIndex: none (expected: one, as ShardCount is 2)'",
        "2, millrace, 1, 'shardIndex: ''millrace'' (expected: 0 to 1, as ShardCount is 2; or a name that ends in a hyphen"
                + " and such a number)'",
        "2, millrace-2, 1, 'shardIndex: ''millrace-2'' (expected: 0 to 1, as ShardCount is 2; or a name that ends in a"
                + " hyphen and such a number)'",
    })
    void saysWhatIsWrong(int count, String index, int replicas, String problem) {
        assertThatThrownBy(() -> new Shard(count, Optional.ofNullable(index), replicas))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component() + ": " + e.getMessage()).isEqualTo(problem));
    }
}
