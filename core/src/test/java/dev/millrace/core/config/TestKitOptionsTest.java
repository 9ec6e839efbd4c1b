package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.testing.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The test kit makes options of the same keys as the host, and refuses the same. */
final class TestKitOptionsTest {
    private static final int FILES = 4_000;
    private static final List<String> KEYS = List.of(
            "Text",
            "Flag",
            "Count",
            "Size",
            "Ratio",
            "Mode",
            "Time",
            "Bytes",
            "Secret",
            "Wait",
            "Waiting",
            "Names",
            "Map",
            "Inner",
            "max_delay",
            "Other");
    private static final List<Object> VALUES = List.of(
            "5",
            "-1",
            "x",
            "true",
            "false",
            "yes",
            "10s",
            "1m30s",
            "1s1m",
            "10",
            "64KiB",
            "64",
            "0.5",
            "1e3",
            "NaN",
            "1f",
            "drop_oldest",
            "DROP_OLDEST",
            "drop",
            "99999999999",
            List.of(),
            List.of("a", "b"),
            Map.of(),
            Map.of("a", "7"),
            Map.of("Depth", "7"),
            Map.of("Depth", "7", "Unknown", "x"));

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);

    enum Mode {
        DROP_OLDEST,
        REFUSE
    }

    record All(
            @Default("'a b'") String text,
            @Default("true") boolean flag,
            @Default("3") int count,
            @Default("4") long size,
            @Default("0.5") double ratio,
            @Default("refuse") Mode mode,
            @Default("1m") Duration time,
            @Default("4MiB") ByteSize bytes,
            Optional<Secret> secret,

            @Key(value = "Wait", aliases = "Waiting") @Default("")
            String waiting,

            @Default("[a, b]") List<String> names,
            @Default("{a: 1, b: 2}") Map<String, Integer> map,
            Optional<Inner> inner,
            @Inline Beside beside) {
        All {
            if (count < 0) {
                throw new InvalidOptionException("count", count + " (expected: >= 0)");
            }
        }
    }

    record Inner(int depth) {}

    @SnakeCase
    record Beside(@Default("1s") Duration maxDelay) {}

    @Test
    void acceptsAndRefusesWhatTheHostDoes() {
        System.out.println("millrace.seed=" + seed);
        int accepted = 0;
        for (int i = 0; i < FILES; i++) {
            Map<String, Object> keys = keys();
            String yaml = flow(keys);
            Optional<All> host = host(yaml);
            assertThat(testKit(keys)).as(yaml).isEqualTo(host);
            accepted += host.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(FILES / 20, FILES - FILES / 20);
    }

    private Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            keys.put(KEYS.get(random.nextInt(KEYS.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
        return keys;
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof List<?> list ? new ArrayList<>(list).toString() : value.toString();
    }

    private static Optional<All> host(String yaml) {
        Problems problems = new Problems();
        Node node = YamlText.parse("file.yaml", yaml, null, problems);
        All all = new Binder(problems, (kind, value, path) -> null)
                .bind(OptionsType.of(All.class), (Node.Mapping) node, OptionPath.ROOT);
        return problems.isEmpty() ? Optional.ofNullable(all) : Optional.empty();
    }

    private static Optional<All> testKit(Map<String, Object> keys) {
        try {
            return Optional.of(Options.of(All.class, keys));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
