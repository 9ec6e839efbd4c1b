package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(DefaultDecoderFactory.class)
                .request("", HttpHeaders.EMPTY, new byte[0])
                .verify();
    }
}
