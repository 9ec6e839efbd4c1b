package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpFlusherSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "Host, the client makes it",
        "content-length, the client makes it",
        "Transfer-Encoding, the client makes it",
        "Content-Encoding, 'expected: Compression'",
        "'a b', the name of a header field",
        "'', the name of a header field",
    })
    void refusesHeadersThatBreakAMessage(String name, String message) {
        assertThatThrownBy(() -> new SettingsForTests().headers(name, "hunter2"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesAHeaderOfSeveralLines() {
        assertThatThrownBy(() -> new SettingsForTests().headers("X-A", "1\r\nX-B: 2"))
                .hasMessage("the value of 'X-A' (expected: one line)");
    }

    @Test
    void refusesAuthorizationBesideAnAuthenticator() {
        SettingsForTests settings = new SettingsForTests().headers("authorization", "Bearer hunter2");

        assertThatThrownBy(() -> settings.authenticator(new ComponentRef<>(ComponentId.parse("ext_basicauth"))))
                .hasMessage("Authorization beside an Authenticator (expected: one of them)");
    }

    @Test
    void refusesATimeoutOfZero() {
        assertThatThrownBy(() -> new SettingsForTests().timeout(Duration.ZERO)).hasMessage("0 ms (expected: > 0)");
    }

    @Test
    void neverPrintsTheValuesOfHeadersAndQuery() {
        assertThat(new SettingsForTests()
                        .headers("X-Token", "hunter2")
                        .query("key", "hunter3")
                        .toString())
                .contains("X-Token", "key")
                .doesNotContain("hunter");
    }

    @Test
    void doesNotConnectForLongerThanARequestMayTake() {
        assertThat(new SettingsForTests()
                        .timeout(Duration.ofSeconds(3))
                        .settings()
                        .client()
                        .connectTimeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(new SettingsForTests()
                        .timeout(Duration.ofSeconds(60))
                        .settings()
                        .client()
                        .connectTimeout())
                .isEqualTo(Duration.ofSeconds(10));
    }
}
