package dev.millrace.plugin.ext.basicauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import java.net.URI;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BasicAuthenticatorTest {
    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_basicauth");
    }

    @ParameterizedTest
    @CsvSource({
        "Aladdin, open sesame, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", // RFC 7617, section 2
        "test, 123£, Basic dGVzdDoxMjPCow==", // RFC 7617, section 2.1
        "user, a:b, Basic dXNlcjphOmI=",
        "user, '', Basic dXNlcjo=",
    })
    void sendsTheCredentialsOfTheSpecification(String user, String password, String authorization) throws Exception {
        HttpRequest request = HttpRequest.get(URI.create("http://host/x"))
                .withHeaders(HttpHeaders.of("X-Other", "1", "authorization", "Bearer old"));

        HttpRequest authenticated = new BasicAuthenticator(new BasicAuthOptions(user, new Secret(password)))
                .authenticate(request)
                .toCompletableFuture()
                .get();

        assertThat(authenticated.headers().all("Authorization")).containsExactly(authorization);
        assertThat(authenticated.headers().first("X-Other")).contains("1");
        assertThat(authenticated.uri()).isEqualTo(request.uri());
    }

    @ParameterizedTest
    @CsvSource({"a:b, c, username", "'a\n', c, username", "a, 'hunter2\n', password"})
    void refusesWhatBasicCannotCarry(String user, String password, String component) {
        assertThatThrownBy(() -> new BasicAuthOptions(user, new Secret(password)))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component))
                .hasMessageNotContaining("hunter2");
    }
}
