package dev.millrace.plugin.service.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OtlpOptionsTest {
    @Test
    void saysWhereItListens() {
        assertThat(OptionsForTests.DEFAULTS.addresses())
                .extracting(address -> address.host() + ":" + address.port() + address.path())
                .containsExactly(
                        "127.0.0.1:4317/",
                        "127.0.0.1:4318/v1/metrics",
                        "127.0.0.1:4318/v1/logs",
                        "127.0.0.1:4318/v1/traces");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> OptionsForTests.with(List.of("a"), true, List.of(), 1))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> OptionsForTests.with(List.of(), false, List.of("a"), 1))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> OptionsForTests.with(List.of(), false, List.of(), -1))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new Protocols(Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new GrpcOptions("nowhere", 4, Optional.empty()))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new GrpcOptions("https://127.0.0.1:4317", 4, Optional.empty()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("without Tls");
        assertThatThrownBy(() -> new HttpOptions("127.0.0.1:4318", 0, Optional.empty()))
                .isInstanceOf(InvalidOptionException.class);
    }
}
