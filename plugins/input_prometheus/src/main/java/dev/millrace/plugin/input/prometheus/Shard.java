package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which part of all targets an instance scrapes, where several share them.
 *
 * <p>It is said in rules of Prometheus, those that the Prometheus operator adds behind the rules of a job: the hash is that
 * of the address, or of the label {@code __tmp_hash} where a rule has set that, and a target with the label
 * {@code __tmp_disable_sharding} belongs to all.
 *
 * @param shardCount how many instances there are
 * @param shardIndex which one this is: a number, or a text that ends in a hyphen and a number
 * @param shardReplicas how many of them scrape each target
 */
public record Shard(
        @Doc("How many instances share the targets.") @Default("1")
        int shardCount,

        @Doc(
                value =
                        "Which of them this is, from 0: a number, or the name of a pod of a StatefulSet, which ends in one.",
                example = "${env:POD_NAME:-millrace-0}")
        Optional<String> shardIndex,

        @Doc("How many of them scrape each target.") @Default("1")
        int shardReplicas) {
    /** The only one. */
    static final Shard ALL = new Shard(1, Optional.empty(), 1);

    private static final Pattern INDEX = Pattern.compile("(?:.*-)?([0-9]{1,9})");
    private static final String HASH = "__tmp_hash";

    public Shard {
        if (shardCount < 1) {
            throw new InvalidOptionException("shardCount", shardCount + " (expected: >= 1)");
        }
        if (shardReplicas < 1 || shardReplicas > shardCount) {
            throw new InvalidOptionException(
                    "shardReplicas", shardReplicas + " (expected: 1 to ShardCount, " + shardCount + ")");
        }
        if (shardCount > 1 && shardIndex.isEmpty()) {
            throw new InvalidOptionException("shardIndex", "none (expected: one, as ShardCount is " + shardCount + ")");
        }
        if (shardIndex.isPresent() && index(shardIndex) >= shardCount) {
            throw new InvalidOptionException(
                    "shardIndex",
                    "'" + shardIndex.get() + "' (expected: 0 to " + (shardCount - 1) + ", as ShardCount is "
                            + shardCount + "; or a name that ends in a hyphen and such a number)");
        }
    }

    private static int index(Optional<String> text) {
        Matcher matcher = INDEX.matcher(text.orElse("0"));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
    }

    /** The rules that keep the targets of this instance. */
    List<RelabelConfig> rules() {
        if (shardCount == 1) {
            return List.of();
        }
        int index = index(shardIndex);
        String hashes = IntStream.range(0, shardReplicas)
                .map(replica -> Math.floorMod(index - replica, shardCount))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("|"));
        return List.of(
                new RelabelConfig(List.of("__address__", HASH), ";", HASH, "(.+);", 0, "$1", RelabelAction.REPLACE),
                new RelabelConfig(List.of(HASH), ";", HASH, "(.*)", shardCount, "$1", RelabelAction.HASHMOD),
                new RelabelConfig(
                        List.of(HASH, "__tmp_disable_sharding"),
                        ";",
                        "",
                        "(?:" + hashes + ");|.+;.+",
                        0,
                        "$1",
                        RelabelAction.KEEP));
    }
}
