package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.TranslationSettings;
import dev.millrace.plugin.lib.otlp.naming.TranslationStrategy;
import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Listens;
import dev.millrace.spi.extension.ServerAuthenticator;
import dev.millrace.spi.http.ServerTlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of {@code service_otlp}. How metrics become those of Prometheus is said with the words of Prometheus' own
 * section {@code otlp}.
 *
 * @param protocols the protocols, and where to listen for them
 * @param translationStrategy how names are made
 * @param labelNameUnderscoreSanitization whether a label that begins with one underscore gets {@code key} before it
 * @param labelNamePreserveMultipleUnderscores whether several underscores in a row stay several in labels
 * @param promoteResourceAttributes resource attributes that become labels of each series
 * @param promoteAllResourceAttributes whether all of them do
 * @param ignoreResourceAttributes those that don't, where all others do
 * @param keepIdentifyingResourceAttributes whether target_info has what job and instance are made of
 * @param promoteScopeMetadata whether the scope becomes labels
 * @param convertHistogramsToNhcb whether histograms become native ones with custom buckets
 * @param maxStreams how many streams of deltas are kept
 * @param maxStale for how long a stream of deltas is kept that has no points
 * @param authenticator who says which clients may push
 * @param maxConnections the largest number of connections
 * @param maxRequestsPerSecond how many requests are taken in a second
 * @param maxBytesPerSecond how many bytes of bodies are taken in a second
 */
@Doc(value = "Receives OTLP over gRPC and HTTP, and answers when the journal holds the data.", example = """
        Protocols:
          GRPC: {Endpoint: '127.0.0.1:4317'}
          HTTP: {Endpoint: '127.0.0.1:4318'}
        PromoteResourceAttributes: [k8s.namespace.name]
        """)
public record OtlpOptions(
        @Doc(
                "The protocols, and where to listen for them. One that is left out is not served; without the key, both are.")
        @Key(value = "Protocols", aliases = "Protocals")
        @Default("{GRPC: {}, HTTP: {}}")
        Protocols protocols,

        @Doc("How names become those of Prometheus. UnderscoreEscapingWithSuffixes: other characters become"
                + " underscores, and unit and type become suffixes; UnderscoreEscapingWithoutSuffixes: no suffixes;"
                + " NoUTF8EscapingWithSuffixes: all characters stay; NoTranslation: neither.")
        @Choices({
            "UnderscoreEscapingWithSuffixes",
            "UnderscoreEscapingWithoutSuffixes",
            "NoUTF8EscapingWithSuffixes",
            "NoTranslation"
        })
        @Default("UnderscoreEscapingWithSuffixes")
        String translationStrategy,

        @Doc("Whether a label whose name begins with one underscore gets 'key' before it.") @Default("true")
        boolean labelNameUnderscoreSanitization,

        @Doc("Whether several underscores in a row stay several in the names of labels.") @Default("true")
        boolean labelNamePreserveMultipleUnderscores,

        @Doc(
                value = "Resource attributes that become labels of each series.",
                example = "[k8s.namespace.name, k8s.pod.name]")
        List<String> promoteResourceAttributes,

        @Doc("Whether all resource attributes become labels of each series, but those of IgnoreResourceAttributes.")
        @Default("false")
        boolean promoteAllResourceAttributes,

        @Doc(
                value = "Resource attributes that become no labels, where PromoteAllResourceAttributes is true.",
                example = "[process.command_line]")
        List<String> ignoreResourceAttributes,

        @Doc("Whether target_info has service.name, service.namespace and service.instance.id as well, of which job and"
                + " instance are made.")
        @Default("false")
        boolean keepIdentifyingResourceAttributes,

        @Doc("Whether name, version, schema URL and attributes of the scope become labels, otel_scope_name and others.")
        @Default("false")
        boolean promoteScopeMetadata,

        @Doc(
                "Whether histograms become native ones with custom buckets, which only remote write 2.0 carries, instead of"
                        + " classic ones.")
        @Default("false")
        boolean convertHistogramsToNhcb,

        @Doc("How many streams of deltas are added up; points of a further one are rejected.") @Default("100000")
        int maxStreams,

        @Doc("For how long the sum of a stream of deltas is kept that has no points.") @Default("5m")
        Duration maxStale,

        @Doc(
                value = "The extension that says which clients may push, such as ext_server_auth; without it, all may.",
                example = "{Type: ext_server_auth, Tokens: [{Name: shop, TokenFile: /etc/millrace/shop}]}")
        Optional<ComponentRef<ServerAuthenticator>> authenticator,

        @Doc(
                value = "The largest number of connections of each protocol; one more is refused. Without it, 4,096.",
                example = "100")
        Optional<Integer> maxConnections,

        @Doc(
                value = "How many requests of each protocol are taken in a second; what is beyond has to come again.",
                example = "100")
        Optional<Integer> maxRequestsPerSecond,

        @Doc(
                value =
                        "How many bytes of bodies of each protocol, as they are received, are taken in a second; then as"
                                + " above.",
                example = "10MiB")
        Optional<ByteSize> maxBytesPerSecond)
        implements Listens {
    public OtlpOptions {
        promoteResourceAttributes = List.copyOf(promoteResourceAttributes);
        ignoreResourceAttributes = List.copyOf(ignoreResourceAttributes);
        if (maxStreams < 0) {
            throw new InvalidOptionException("maxStreams", maxStreams + " (expected: >= 0)");
        }
        if (maxStale.isNegative() || maxStale.isZero()) {
            throw new InvalidOptionException("maxStale", maxStale + " (expected: > 0s)");
        }
        checkPositive("maxConnections", maxConnections);
        checkPositive("maxRequestsPerSecond", maxRequestsPerSecond);
        if (maxBytesPerSecond.filter(rate -> rate.bytes() < 1).isPresent()) {
            throw new InvalidOptionException("maxBytesPerSecond", maxBytesPerSecond.get() + " (expected: > 0)");
        }
        if (promoteAllResourceAttributes && !promoteResourceAttributes.isEmpty()) {
            throw new InvalidOptionException(
                    "promoteResourceAttributes", "beside PromoteAllResourceAttributes (expected: one of them)");
        }
        if (!promoteAllResourceAttributes && !ignoreResourceAttributes.isEmpty()) {
            throw new InvalidOptionException(
                    "ignoreResourceAttributes", "without PromoteAllResourceAttributes (expected: with it)");
        }
    }

    @Override
    public List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        protocols.grpc().ifPresent(grpc -> addresses.add(address(grpc.address(), "/", grpc.tls())));
        protocols.http().ifPresent(http -> {
            for (Signal signal : Signal.values()) {
                addresses.add(address(http.address(), signal.path(), http.tls()));
            }
        });
        return addresses;
    }

    private static Address address(ListenAddress at, String path, Optional<ServerTlsSettings> tls) {
        return new Address("protocols", at.host(), at.port(), path, tls);
    }

    private static void checkPositive(String component, Optional<Integer> limit) {
        if (limit.filter(value -> value < 1).isPresent()) {
            throw new InvalidOptionException(component, limit.get() + " (expected: > 0)");
        }
    }

    TranslationSettings translation() {
        return new TranslationSettings(
                TranslationStrategy.of(translationStrategy),
                labelNameUnderscoreSanitization,
                labelNamePreserveMultipleUnderscores,
                promoteAllResourceAttributes,
                Set.copyOf(promoteResourceAttributes),
                Set.copyOf(ignoreResourceAttributes),
                keepIdentifyingResourceAttributes,
                promoteScopeMetadata,
                convertHistogramsToNhcb);
    }
}
