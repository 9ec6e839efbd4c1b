package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.delivery.Call.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a destination holds, and the judge of the promises: every row arrives or was answered with a refusal, rows of a
 * series arrive in order, and what left once leaves again only with the same boundaries. Values are item numbers. Where
 * rows may be given up, they may be missing, also at the beginning of what leaves again.
 */
final class Receiver {
    private final Map<String, List<Row>> appended = new HashMap<>();
    private final Map<String, Integer> firstUnsettled = new HashMap<>();
    private final Set<Row> settled = new HashSet<>();
    private final Set<Row> left = new HashSet<>();
    private final Set<List<Row>> mayLeaveAgain = new HashSet<>();

    private boolean givingUp;

    /** From now on rows may be given up. */
    void mayMiss() {
        givingUp = true;
    }

    void appended(Row row) {
        appended.computeIfAbsent(row.series(), series -> new ArrayList<>()).add(row);
    }

    /** A request leaves. */
    void leaves(Call call) {
        boolean again = call.rows.stream().anyMatch(left::contains);
        if (again && givingUp) {
            assertThat(mayLeaveAgain)
                    .as("boundaries of what left before")
                    .anyMatch(rows -> endOf(rows, call.rows.size()).equals(Set.copyOf(call.rows)));
        } else if (again) {
            assertThat(mayLeaveAgain).as("boundaries of what left before").contains(call.rows);
        }
        left.addAll(call.rows);
        mayLeaveAgain.add(call.rows);
    }

    /** The request is stored. */
    void stores(List<Row> rows) {
        for (Row row : rows) {
            if (!settled.contains(row)) {
                assertThat(row).as("next row of the series").isEqualTo(next(row));
                settle(row);
            }
        }
    }

    /** The request will never be stored. */
    void refuses(List<Row> rows) {
        rows.forEach(this::settle);
    }

    /** The request is to come in two parts. */
    void splits(List<Row> rows) {
        List<Row> byItem = new ArrayList<>(rows);
        byItem.sort(Comparator.comparingLong(Row::value));
        for (List<Row> part :
                List.of(byItem.subList(0, rows.size() / 2), byItem.subList(rows.size() / 2, rows.size()))) {
            List<Row> half = new ArrayList<>(part);
            half.sort(Comparator.comparingLong(Row::timestamp));
            mayLeaveAgain.add(half);
        }
    }

    private static Set<Row> endOf(List<Row> rows, int count) {
        return rows.stream()
                .sorted(Comparator.comparingLong(Row::value).reversed())
                .limit(count)
                .collect(Collectors.toSet());
    }

    /** No more is missing than so many rows. */
    void misses(long most) {
        long missing = appended.values().stream()
                .flatMap(List::stream)
                .filter(row -> !settled.contains(row))
                .count();
        assertThat(missing).isLessThanOrEqualTo(most);
    }

    void hasEverything() {
        appended.forEach((series, rows) -> assertThat(settled).containsAll(rows));
    }

    private void settle(Row row) {
        settled.add(row);
    }

    private Row next(Row row) {
        String series = row.series();
        List<Row> rows = appended.get(series);
        int index = firstUnsettled.getOrDefault(series, 0);
        while (settled.contains(rows.get(index)) || givingUp && rows.get(index).value() < row.value()) {
            index++;
        }
        firstUnsettled.put(series, index);
        return rows.get(index);
    }
}
