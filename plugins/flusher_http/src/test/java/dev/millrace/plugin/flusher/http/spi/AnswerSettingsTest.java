package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.flusher.http.spi.AnswerSettings.OnMisconfigured;
import dev.millrace.plugin.flusher.http.spi.StatusTable.Meaning;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerSettingsTest {
    @Test
    void goesBeforeTheTableOfTheProtocol() {
        StatusTable table = settings("408").over(StatusTable.DEFAULT.with(409, Meaning.DELIVERED));

        assertThat(table.meaning(408)).isEqualTo(Meaning.RETRY);
        assertThat(table.meaning(409)).isEqualTo(Meaning.DELIVERED);
        assertThat(table.meaning(410)).isEqualTo(Meaning.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40", "4xx", "4080", "099"})
    void refusesWhatIsNoStatus(String status) {
        assertThatThrownBy(() -> settings(status))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("'" + status + "' (expected: a status of three digits, such as 408)");
    }

    private static AnswerSettings settings(String status) {
        return new AnswerSettings(Map.of(status, Meaning.RETRY), OnMisconfigured.HOLD, false);
    }
}
