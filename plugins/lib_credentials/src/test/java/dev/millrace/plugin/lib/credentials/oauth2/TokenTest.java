package dev.millrace.plugin.lib.credentials.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokenTest {
    @Test
    void showsNoSecret() {
        assertThat(Token.of("t0ken", Instant.EPOCH, Optional.empty()).toString())
                .doesNotContain("t0ken");
    }
}
