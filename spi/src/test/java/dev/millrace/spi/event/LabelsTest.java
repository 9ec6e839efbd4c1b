package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final String SMILE = "\uD83D\uDE00"; // beyond U+FFFF: last in UTF-8, not in UTF-16
    private static final String PRIVATE = "\uE000";

    @Test
    void sortsByNameInUtf8ByteOrder() {
        Labels labels = Labels.of(SMILE, "6", "a", "3", PRIVATE, "5", "é", "4", "_", "2", "A", "1", "aa", "3b");
        assertThat(labels.toMap().keySet()).containsExactly("A", "_", "a", "aa", "é", PRIVATE, SMILE);
        assertThat(labels.name(6)).hasToString(SMILE);
        assertThat(labels.value(6)).hasToString("6");
    }

    @Test
    void findsValuesByName() {
        Labels labels = Labels.of("b", "2", "a", "1");
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.get("a")).isEqualTo("1");
        assertThat(labels.get("c")).isEmpty();
        assertThat(labels.get(Symbol.of("b"))).isSameAs(Symbol.of("2"));
        assertThat(labels.get(Symbol.of("c"))).isNull();
        assertThat(labels).hasToString("{a=\"1\", b=\"2\"}");
    }

    @Test
    void areEqualByContentInWhateverOrderTheyCame() {
        Labels labels = Labels.of("a", "1", "b", "2");
        assertThat(labels)
                .isEqualTo(Labels.of("b", "2", "a", "1"))
                .isEqualTo(Labels.of(Map.of("a", "1", "b", "2")))
                .hasSameHashCodeAs(Labels.of("b", "2", "a", "1"))
                .isNotEqualTo(Labels.of("a", "1"))
                .isNotEqualTo(Labels.of("a", "1", "b", "3"))
                .isNotEqualTo(Labels.of("a", "1", "c", "2"))
                .isNotEqualTo(Labels.of("a", "b", "1", "2"))
                .isNotEqualTo("{a=\"1\", b=\"2\"}");
    }

    @Test
    void tellApartWhatJoinedTextWouldNot() {
        assertThat(Labels.of("a", "bc")).isNotEqualTo(Labels.of("ab", "c"));
        assertThat(Labels.of("a", "b", "c", "d")).isNotEqualTo(Labels.of("a", "b\u0000c\u0000d"));
    }

    @Test
    void haveNeitherEmptyNamesNorEmptyValues() {
        assertThat(Labels.of("a", "", "b", "1")).isEqualTo(Labels.of("b", "1"));
        assertThat(Labels.of()).isSameAs(Labels.EMPTY);
        assertThat(Labels.of("a", "")).isSameAs(Labels.EMPTY);
        assertThatThrownBy(() -> Labels.of("", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label name: \"\" (expected: not empty)");
        assertThatThrownBy(() -> Labels.of("", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Labels.of("a", "1", "b", "2", "a", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label name: a twice (expected: once)");
        assertThatThrownBy(() -> Labels.of("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: 1 strings (expected: pairs)");
    }

    /** Positions in journals depend on these numbers: they come from the specification, worked out by another program. */
    @Test
    void fallIntoTheSlotsOfTheSpecification() {
        assertThat(Labels.HASH_VERSION).isEqualTo(1);
        assertThat(Labels.EMPTY.slot()).isZero();
        assertThat(Labels.of("__name__", "up").slot()).isEqualTo(22);
        assertThat(Labels.of("__name__", "up", "job", "node", "instance", "localhost:9100")
                        .slot())
                .isEqualTo(18);
        assertThat(Labels.of("a", "é", SMILE, PRIVATE).slot()).isEqualTo(62);
        assertThat(Labels.of(
                                "__name__",
                                "http_requests_total",
                                "method",
                                "GET",
                                "code",
                                "200",
                                "handler",
                                "/api/v1/write")
                        .slot())
                .isEqualTo(16);
        assertThat(Labels.of("x", "y".repeat(1000)).slot()).isEqualTo(1);
    }

    @Test
    void spreadOverAllSlots() {
        int[] series = new int[Labels.SLOTS];
        for (int i = 0; i < 64_000; i++) {
            series[Labels.of("__name__", "up", "instance", "host" + i + ":9100").slot()]++;
        }
        assertThat(Arrays.stream(series)).allMatch(count -> count > 900 && count < 1_150);
    }

    @Test
    void areSortedFastWhereThereAreMany() {
        LabelsBuilder builder = Labels.builder();
        int count = 400_000;
        for (int i = count; i > 0; i--) {
            builder.add(Symbol.of("n" + i), Symbol.of("v" + i));
        }
        assertThat(builder.size()).isEqualTo(count);
        // Sorted in place, these would be moved 80 billion times.
        Labels labels = assertTimeoutPreemptively(Duration.ofSeconds(60), builder::build);
        for (int i = 0; i < count; i++) {
            assertThat(labels.value(i).toString().substring(1))
                    .isEqualTo(labels.name(i).toString().substring(1));
            if (i > 0 && labels.name(i).compareTo(labels.name(i - 1)) <= 0) {
                throw new AssertionError(labels.name(i) + " after " + labels.name(i - 1));
            }
        }
        builder.add(Symbol.of("n7"), Symbol.of("x"));
        assertThatThrownBy(builder::build).hasMessage("label name: n7 twice (expected: once)");
    }

    @Test
    void changeThroughBuildersOnly() {
        Labels labels = Labels.of("a", "1", "b", "2");
        LabelsBuilder builder = labels.toBuilder().set("c", "3").set("a", "4").remove("b");
        assertThat(builder.get("a")).isEqualTo("4");
        assertThat(builder.get("b")).isEmpty();
        Labels first = builder.build();
        assertThat(first).isEqualTo(Labels.of("a", "4", "c", "3"));
        assertThat(builder.set("a", "").set("d", "5").remove("absent").build())
                .isEqualTo(Labels.of("c", "3", "d", "5"));
        assertThat(builder.clear().build()).isSameAs(Labels.EMPTY);
        assertThat(first).isEqualTo(Labels.of("a", "4", "c", "3"));
        assertThat(labels).isEqualTo(Labels.of("a", "1", "b", "2"));
    }

    @Test
    void areWhatAMapSaysAfterAnyChanges() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        LabelsBuilder builder = Labels.builder();
        Map<String, String> expected = new TreeMap<>(LabelsTest::compareUtf8);
        for (int i = 0; i < 20_000; i++) {
            String name = text(random);
            switch (random.nextInt(20)) {
                case 0 -> {
                    builder.clear();
                    expected.clear();
                }
                case 1, 2, 3, 4, 5 -> {
                    builder.remove(name);
                    expected.remove(name);
                }
                default -> {
                    String value = random.nextInt(5) == 0 ? "" : text(random);
                    builder.set(name, value);
                    expected.put(name, value);
                    expected.values().remove("");
                }
            }
            Labels labels = builder.build();
            assertThat(labels.toMap()).as("seed %s, step %s", seed, i).containsExactlyEntriesOf(expected);
            assertThat(labels).isEqualTo(Labels.of(shuffled(expected, random)));
        }
    }

    private static String text(Random random) {
        String[] letters = {"a", "b", "é", "漢", PRIVATE, SMILE};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private static String[] shuffled(Map<String, String> labels, Random random) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(new HashMap<>(labels).entrySet());
        Collections.shuffle(entries, random);
        return entries.stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toArray(String[]::new);
    }

    private static int compareUtf8(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
