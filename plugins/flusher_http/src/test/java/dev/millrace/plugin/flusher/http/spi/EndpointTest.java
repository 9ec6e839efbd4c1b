package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://prometheus-server/api/v1/write",
                "https://example.org",
                "http://127.0.0.1:9090/write?tenant=1",
                "http://[::1]:9090/write",
                " http://localhost/ ",
            })
    void takesHttpUrls(String text) {
        assertThat(Endpoint.parse("url", text).uri()).hasToString(text.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9090/write, 'scheme: localhost (expected: a URL that begins with http:// or https://)'",
        "127.0.0.1:9090/api/v1/write, 'no scheme (expected: a URL that begins with http:// or https://)'",
        "[::1]:9090/write, 'no scheme (expected: a URL that begins with http:// or https://)'",
        "my_host:9090/write, 'no scheme (expected: a URL that begins with http:// or https://)'",
        "notaurl, '''notaurl'' (expected: a URL that begins with http:// or https://)'",
        "'', ''''' (expected: a URL that begins with http:// or https://)'",
        "/api/v1/write, /api/v1/write",
        "host/x?token=hunter2, host/x?<redacted>",
        "host:80/x, scheme: host",
        "http:///x, no host",
        "http:opaque, no host",
        "http://under_score/x, no host",
        "http://host:70000/x, 'port: 70000 (expected: 1..65535)'",
        "http://host/#x, '#'",
        "http://host/a b, Illegal character in path at character 14",
    })
    void refusesOthersAndSaysWhatItExpects(String text, String message) {
        assertThatThrownBy(() -> Endpoint.parse("url", text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hunter2@host/x",
                "http://user:hunter2@under_score/x",
                "http://u:hunter2@h/a b",
                "user%3Ahunter2%40host/x",
                "//user:hunter2@host/x",
                "hunter2?x@host",
                "127.0.0.1:9090/x?token=hunter2",
                "host?token=hunter2",
                "host#hunter2"
            })
    void neverRepeatsAPassword(String text) {
        assertThatThrownBy(() -> Endpoint.parse("url", text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void anotherSchemeIsAFaultThatAPersonMayMend() {
        assertThat(Endpoint.parse("url", "htp://host/x").fault())
                .contains("scheme: htp (expected: a URL that begins with http:// or https://)");
        assertThat(Endpoint.parse("url", "HTTPS://host/x").fault()).isEmpty();
    }

    @Test
    void isShownWithoutItsQuery() {
        assertThat(Endpoint.parse("url", "http://host:1/x?token=hunter2")).hasToString("http://host:1/x?<redacted>");
        assertThat(Endpoint.parse("url", "http://host:1/x")).hasToString("http://host:1/x");
    }
}
