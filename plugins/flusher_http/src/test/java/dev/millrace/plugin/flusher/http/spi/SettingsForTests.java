package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.extension.RequestInterceptor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as the host binds them from an entry without keys, and changes to them. */
public record SettingsForTests(HttpFlusherSettings settings) {
    /** The defaults, with a short timeout. */
    public SettingsForTests() {
        this(new HttpFlusherSettings(
                Map.of(),
                Map.of(),
                Optional.of(Duration.ofSeconds(10)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ConnectionSettings.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                AnswerSettings.DEFAULT));
    }

    SettingsForTests headers(String... namesAndValues) {
        return with(secrets(namesAndValues), settings.query(), settings.timeout(), settings.authenticator());
    }

    SettingsForTests query(String... namesAndValues) {
        return with(settings.headers(), secrets(namesAndValues), settings.timeout(), settings.authenticator());
    }

    SettingsForTests timeout(Duration timeout) {
        return with(settings.headers(), settings.query(), timeout, settings.authenticator());
    }

    SettingsForTests authenticator(ComponentRef<ClientAuthenticator> authenticator) {
        return with(settings.headers(), settings.query(), settings.timeout(), Optional.of(authenticator));
    }

    SettingsForTests interceptors(
            List<ComponentRef<RequestInterceptor>> requests, Optional<ComponentRef<FlushInterceptor>> flush) {
        return new SettingsForTests(new HttpFlusherSettings(
                settings.headers(),
                settings.query(),
                settings.ownTimeout(),
                settings.maxConnsPerHost(),
                settings.maxIdleConnsPerHost(),
                settings.idleConnTimeout(),
                settings.http(),
                settings.writeBufferSize(),
                settings.authenticator(),
                requests,
                flush,
                settings.compression(),
                settings.answers()));
    }

    SettingsForTests http(ConnectionSettings http) {
        return new SettingsForTests(new HttpFlusherSettings(
                settings.headers(),
                settings.query(),
                settings.ownTimeout(),
                settings.maxConnsPerHost(),
                settings.maxIdleConnsPerHost(),
                settings.idleConnTimeout(),
                http,
                settings.writeBufferSize(),
                settings.authenticator(),
                settings.requestInterceptors(),
                settings.flushInterceptor(),
                settings.compression(),
                settings.answers()));
    }

    SettingsForTests answers(AnswerSettings answers) {
        return new SettingsForTests(new HttpFlusherSettings(
                settings.headers(),
                settings.query(),
                settings.ownTimeout(),
                settings.maxConnsPerHost(),
                settings.maxIdleConnsPerHost(),
                settings.idleConnTimeout(),
                settings.http(),
                settings.writeBufferSize(),
                settings.authenticator(),
                settings.requestInterceptors(),
                settings.flushInterceptor(),
                settings.compression(),
                answers));
    }

    private static SettingsForTests with(
            Map<String, Secret> headers,
            Map<String, Secret> query,
            Duration timeout,
            Optional<ComponentRef<ClientAuthenticator>> authenticator) {
        return new SettingsForTests(new HttpFlusherSettings(
                headers,
                query,
                Optional.of(timeout),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ConnectionSettings.NONE,
                Optional.empty(),
                authenticator,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                AnswerSettings.DEFAULT));
    }

    private static Map<String, Secret> secrets(String... namesAndValues) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            secrets.put(namesAndValues[i], new Secret(namesAndValues[i + 1]));
        }
        return secrets;
    }
}
