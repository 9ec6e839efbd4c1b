package dev.millrace.plugin.ext.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DefaultEncoderOptionsTest {
    @Test
    void takePrometheusOnly() {
        assertThat(new DefaultEncoderOptions("prometheus", Optional.of(1), InvalidNames.DROP).seriesLimit())
                .contains(1);
        assertThatThrownBy(() -> new DefaultEncoderOptions("influxdb", Optional.empty(), InvalidNames.DROP))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("'influxdb' (expected: prometheus)");
        assertThatThrownBy(() -> new DefaultEncoderOptions("prometheus", Optional.of(0), InvalidNames.DROP))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("0 (expected: at least 1)");
    }

    @Test
    void belongToTheOneFactoryOfTheJar() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .singleElement()
                .satisfies(factory -> assertThat(factory.type()).isEqualTo("ext_default_encoder"));
    }
}
