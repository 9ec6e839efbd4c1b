package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.HttpClientSettings;
import java.time.Duration;
import java.util.Optional;
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
        "proxy-authorization, 'expected: Http: {Proxy: {Url:'",
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

    private static ConnectionSettings idle(Duration idle) {
        return new ConnectionSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(1)),
                Optional.empty(),
                Optional.of(7),
                Optional.of(0),
                Optional.of(idle));
    }

    @Test
    void limitsOfConnectionsMayStandUnderHttp() {
        HttpClientSettings client = new SettingsForTests()
                .http(idle(Duration.ofSeconds(3)))
                .settings()
                .client();

        assertThat(client).isEqualTo(new HttpClientSettings(Duration.ofSeconds(1), 7, 0, Duration.ofSeconds(3)));
    }

    @Test
    void refusesALimitInBothPlaces() {
        ConnectionSettings twice = new ConnectionSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> new SettingsForTests().http(twice))
                .hasMessage("beside Http.Timeout (expected: one of Timeout and Http.Timeout)");
        assertThatThrownBy(() -> idle(Duration.ZERO)).hasMessage("0 ms (expected: > 0)");
    }
}
