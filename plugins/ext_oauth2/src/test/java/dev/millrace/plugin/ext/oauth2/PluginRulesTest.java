package dev.millrace.plugin.ext.oauth2;

import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(OAuth2Factory.class)
                .option("ClientId", "id")
                .option("ClientSecret", "secret")
                .option("TokenUrl", "http://127.0.0.1:1/token")
                .accepting(request ->
                        HttpResponse.text(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"expires_in\":60}"))
                .verify();
    }
}
