package dev.millrace.plugin.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:12345, http, 127.0.0.1, 12345",
        "HTTP://localhost:80/, http, localhost, 80",
        "0.0.0.0:9090, '', 0.0.0.0, 9090",
        "'[::1]:9090', '', [::1], 9090",
        "https://[::1]:9090, https, [::1], 9090",
        "udp://127.0.0.1:8125, udp, 127.0.0.1, 8125",
        ":18888, '', 0.0.0.0, 18888",
    })
    void readsAddresses(String text, String scheme, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(scheme, host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/x.sock, ': unix is not supported (expected: such as http://127.0.0.1:12345)'",
        "tcp://127.0.0.1:1, tcp is not supported",
        "https://127.0.0.1:1, without Tls (expected: Tls beside it)",
        "udp://127.0.0.1:1, with Format: prometheus (expected: http://, or Format: statsd)",
        "localhost, '''localhost'' (expected: such as http://127.0.0.1:12345)'",
        "http://host:70000, 'port 70000 (expected: 1..65535)'",
        "host:0, 'port 0 (expected: 1..65535)'",
        "http://host:80/write, /write in the address (expected: under Path)",
    })
    void refusesAddressesAtWhichItCannotListen(String text, String message) {
        assertThatThrownBy(() -> options(text, "/x", 1))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo("address"))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"write, 1, path", "/a b, 1, path", "/a?b, 1, path", "/a, 0, maxBodySize", "/a, 1073741825, maxBodySize"
    })
    void refusesPathsAndSizesThatMakeNoSense(String path, long size, String component) {
        assertThatThrownBy(() -> options("host:80", path, size))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component));
    }

    @ParameterizedTest
    @CsvSource({"'', a", "__name__, a", "a, ''"})
    void refusesParametersThatAreNoLabels(String parameter, String header) {
        assertThatThrownBy(() -> OptionsForTests.of(
                        "host:80", Optional.empty(), PushFormat.RAW, List.of(parameter), List.of(header), 1))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageEndingWith("(expected: a name that can be a label's)");
    }

    private static HttpServerOptions options(String address, String path, long size) {
        return OptionsForTests.of(address, Optional.of(path), size);
    }
}
