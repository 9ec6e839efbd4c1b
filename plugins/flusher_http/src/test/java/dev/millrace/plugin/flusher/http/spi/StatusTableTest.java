package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.flusher.http.spi.StatusTable.Meaning;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusTableTest {
    private static final Set<Integer> NAMED = Set.of(401, 403, 404, 405, 407, 413, 429);

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "202, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "429, RETRY",
        "500, RETRY",
        "501, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "599, RETRY",
        "401, HELD",
        "403, HELD",
        "404, HELD",
        "405, HELD",
        "407, HELD",
        "413, SPLIT",
        "400, REJECTED",
        "402, REJECTED",
        "406, REJECTED",
        "408, REJECTED",
        "409, REJECTED",
        "410, REJECTED",
        "415, REJECTED",
        "422, REJECTED",
        "425, REJECTED",
        "499, REJECTED",
        "300, HELD",
        "301, HELD",
        "302, HELD",
        "304, HELD",
        "307, HELD",
        "308, HELD",
        "399, HELD",
        "100, REJECTED",
        "199, REJECTED",
        "600, REJECTED",
        "999, REJECTED",
    })
    void givesEachStatusItsMeaning(int status, Meaning meaning) {
        assertThat(StatusTable.DEFAULT.meaning(status)).isEqualTo(meaning);
    }

    @Test
    void rejectsEveryStatusOf4xxThatItDoesNotName() {
        for (int status = 400; status < 500; status++) {
            assertThat(StatusTable.DEFAULT.meaning(status) == Meaning.REJECTED)
                    .as("%s", status)
                    .isEqualTo(!NAMED.contains(status));
        }
    }

    @Test
    void changesOneStatusAndLeavesTheOthers() {
        StatusTable table = StatusTable.DEFAULT.with(409, Meaning.DELIVERED);

        assertThat(table.meaning(409)).isEqualTo(Meaning.DELIVERED);
        assertThat(table.meaning(410)).isEqualTo(Meaning.REJECTED);
        assertThat(StatusTable.DEFAULT.meaning(409)).isEqualTo(Meaning.REJECTED);
    }
}
