package dev.millrace.core.certificates;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.ServerTlsSettings;
import dev.millrace.spi.http.TlsOptions;
import dev.millrace.spi.http.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What settings of TLS name, of a client or of a server: mostly files.
 *
 * @param authorities who is trusted
 * @param certificate what is shown
 * @param key its private key
 * @param keyPassword what the key is encrypted with
 */
public record NamedFiles(
        Optional<PemSource> authorities,
        Optional<PemSource> certificate,
        Optional<PemSource> key,
        Optional<Secret> keyPassword) {
    /** Those of a client. */
    public static NamedFiles of(TlsSettings settings) {
        return new NamedFiles(
                PemSource.of("ca", settings.ca().map(Secret::new), settings.caFile()),
                PemSource.of("cert", settings.cert().map(Secret::new), settings.certFile()),
                PemSource.of("key", settings.key(), settings.keyFile()),
                settings.keyPassword());
    }

    /** Those of a server. */
    public static NamedFiles of(ServerTlsSettings settings) {
        return new NamedFiles(
                PemSource.of("clientCa", Optional.empty(), settings.clientCaFile()),
                PemSource.of("cert", Optional.empty(), Optional.of(settings.certFile())),
                PemSource.of("key", Optional.empty(), Optional.of(settings.keyFile())),
                settings.keyPassword());
    }

    /** Those of options, where they are settings of TLS. */
    public static Optional<NamedFiles> of(@Nullable Record options) {
        if (options instanceof TlsSettings client) {
            return Optional.of(of(client));
        }
        if (options instanceof TlsOptions client) {
            return Optional.of(of(client.settings()));
        }
        return options instanceof ServerTlsSettings server ? Optional.of(of(server)) : Optional.empty();
    }

    /** All that may change. */
    public List<Path> files() {
        return all().flatMap(source -> source.file().stream()).toList();
    }

    /** All of them. */
    Stream<PemSource> all() {
        return Stream.of(authorities, certificate, key).flatMap(Optional::stream);
    }
}
