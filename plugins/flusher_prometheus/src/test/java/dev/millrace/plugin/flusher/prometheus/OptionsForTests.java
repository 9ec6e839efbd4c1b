package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.AnswerSettings;
import dev.millrace.plugin.flusher.http.spi.ConnectionSettings;
import dev.millrace.plugin.flusher.http.spi.ContentEncoding;
import dev.millrace.plugin.flusher.http.spi.HttpFlusherSettings;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options as the host binds them from an entry with nothing but an endpoint; a test changes the fields it needs. */
final class OptionsForTests {
    static final String URL = "http://prometheus-server:9090/api/v1/write?key=hunter2";

    String endpoint = URL;
    Map<String, String> labels = Map.of();
    ByteSize maxRequestBytes = new ByteSize(4 << 20);
    Optional<Duration> maxSampleAge = Optional.empty();
    List<RelabelConfig> writeRelabel = List.of();
    Optional<Tenants> tenants = Optional.empty();
    boolean sendExemplars = true;
    boolean sendNativeHistograms = true;
    boolean sendMetadata = true;
    String protocol = "auto";
    Duration interval = Duration.ofHours(1);
    Map<String, Secret> headers = Map.of();
    Optional<ComponentRef<ClientAuthenticator>> authenticator = Optional.empty();

    @Nullable
    ContentEncoding compression;

    AnswerSettings answers = AnswerSettings.DEFAULT;

    PrometheusFlusherOptions options() {
        HttpFlusherSettings http = new HttpFlusherSettings(
                headers,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ConnectionSettings.NONE,
                Optional.empty(),
                authenticator,
                List.of(),
                Optional.empty(),
                Optional.ofNullable(compression),
                answers);
        return new PrometheusFlusherOptions(
                endpoint,
                10_000,
                maxRequestBytes,
                Duration.ofSeconds(1),
                maxSampleAge,
                labels,
                writeRelabel,
                tenants,
                sendExemplars,
                sendNativeHistograms,
                sendMetadata,
                protocol,
                interval,
                new ComponentRef<>(ComponentId.parse("ext_default_encoder")),
                http);
    }
}
