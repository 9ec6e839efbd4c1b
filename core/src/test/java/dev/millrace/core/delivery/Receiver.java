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

/**
 * What a destination holds, and the judge of the promises: every row arrives or was answered with a refusal, rows of a
 * series arrive in order, and what left once leaves again only with the same boundaries. Values are item numbers.
 */
final class Receiver {
    private final Map<String, List<Row>> appended = new HashMap<>();
    private final Map<String, Integer> firstUnsettled = new HashMap<>();
    private final Set<Row> settled = new HashSet<>();
    private final Set<Row> left = new HashSet<>();
    private final Set<List<Row>> mayLeaveAgain = new HashSet<>();

    void appended(Row row) {
        appended.computeIfAbsent(row.series(), series -> new ArrayList<>()).add(row);
    }

    /** A request leaves. */
    void leaves(Call call) {
        boolean again = call.rows.stream().anyMatch(left::contains);
        if (again) {
            assertThat(mayLeaveAgain).as("boundaries of what left before").contains(call.rows);
        }
        left.addAll(call.rows);
        mayLeaveAgain.add(call.rows);
    }

    /** The request is stored. */
    void stores(List<Row> rows) {
        for (Row row : rows) {
            if (!settled.contains(row)) {
                assertThat(row).as("next row of the series").isEqualTo(next(row.series()));
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

    void hasEverything() {
        appended.forEach((series, rows) -> assertThat(settled).containsAll(rows));
    }

    private void settle(Row row) {
        settled.add(row);
    }

    private Row next(String series) {
        List<Row> rows = appended.get(series);
        int index = firstUnsettled.getOrDefault(series, 0);
        while (settled.contains(rows.get(index))) {
            index++;
        }
        firstUnsettled.put(series, index);
        return rows.get(index);
    }
}
