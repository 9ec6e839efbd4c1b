package dev.millrace.core.certificates;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.ServerTlsSettings;
import dev.millrace.spi.http.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that settings of TLS name, of a client or of a server.
 *
 * @param authoritiesOption the record component that names the authorities
 * @param authorities who is trusted
 * @param certificate what is shown
 * @param key its private key
 * @param keyPassword what the key is encrypted with
 */
public record NamedFiles(
        String authoritiesOption,
        Optional<Path> authorities,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Secret> keyPassword) {
    /** Those of a client. */
    public static NamedFiles of(TlsSettings settings) {
        return new NamedFiles(
                "caFile", settings.caFile(), settings.certFile(), settings.keyFile(), settings.keyPassword());
    }

    /** Those of a server. */
    public static NamedFiles of(ServerTlsSettings settings) {
        return new NamedFiles(
                "clientCaFile",
                settings.clientCaFile(),
                Optional.of(settings.certFile()),
                Optional.of(settings.keyFile()),
                settings.keyPassword());
    }

    /** Those of options, where they are settings of TLS. */
    public static Optional<NamedFiles> of(@Nullable Record options) {
        if (options instanceof TlsSettings client) {
            return Optional.of(of(client));
        }
        return options instanceof ServerTlsSettings server ? Optional.of(of(server)) : Optional.empty();
    }

    /** All of them. */
    public List<Path> all() {
        return Stream.of(authorities, certificate, key)
                .flatMap(Optional::stream)
                .toList();
    }
}
