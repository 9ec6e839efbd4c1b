package dev.millrace.plugin.ext.sigv4;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(SigV4Factory.class)
                .option("Region", "eu-central-1")
                .option("AccessKeyId", "id")
                .option("SecretAccessKey", "secret")
                .verify();
    }
}
