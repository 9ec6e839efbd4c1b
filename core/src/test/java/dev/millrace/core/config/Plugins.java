package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.KeyPattern;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Plugins for tests: descriptions of options, and factories that are never asked to create anything. */
final class Plugins implements Factories {
    record NoOptions() {}

    record InputOptions(List<Job> scrapeConfigs, Optional<Document<InputFile>> yaml) {}

    @SnakeCase
    record InputFile(List<Job> scrapeConfigs) {}

    record FileOptions(@Key("file") String file) {}

    @SnakeCase
    record Job(
            String jobName,
            @Default("1m") Duration scrapeInterval,
            Map<String, String> params,

            @KeyPattern(value = "*_sd_configs", type = "discovery_*", name = "jobName")
            List<ComponentRef<TargetDiscovery>> discoveries) {}

    record HttpOptions(
            @Default("60s") Duration timeout,
            Map<String, String> headers,
            Optional<ComponentRef<ClientAuthenticator>> authenticator,
            List<ComponentRef<ClientAuthenticator>> interceptors) {}

    record RemoteWriteOptions(
            String endpoint,
            @Inline HttpOptions http,

            @Default("{Type: ext_default_encoder, Format: prometheus}")
            ComponentRef<Encoder> encoder) {}

    record EncoderOptions(String format) {}

    record BasicAuthOptions(
            String username, Secret password, @Default("0B") ByteSize cache) {
        BasicAuthOptions {
            if (username.isEmpty()) {
                throw new InvalidOptionException("username", "'' (expected: a name)");
            }
        }
    }

    record ChainOptions(ComponentRef<ClientAuthenticator> next) {}

    record EndlessOptions(@Default("{Type: ext_endless}") ComponentRef<ClientAuthenticator> next) {}

    record GreedyOptions(@Key("QueueCapacity") int queue) {}

    /** What the host owns in a flusher's entry. */
    record Delivery(Optional<Integer> queueCapacity, Retry retry) implements Notices {
        record Retry(
                Optional<Integer> maxRetryTimes,
                @Default("30ms") Duration initialDelay) {}

        @Override
        public List<Notice> notices() {
            return queueCapacity.isPresent()
                    ? List.of(new Notice("queueCapacity", ConfigMessage.QUEUE_CAPACITY.with()))
                    : List.of();
        }
    }

    private record Factory<C extends Record, T extends Component>(
            String type, List<String> aliases, Class<C> options, Class<T> kind) implements PluginFactory<C, T> {
        @Override
        public T create(C options, PluginContext context) {
            throw new AssertionError("nothing is created here");
        }
    }

    private static final List<PluginFactory<?, ?>> ALL = List.of(
            new Factory<>("input_prometheus", List.of("service_prometheus"), InputOptions.class, Input.class),
            new Factory<>("metric_mock", List.of(), NoOptions.class, Input.class),
            new Factory<>("processor_rename", List.of(), NoOptions.class, Processor.class),
            new Factory<>("aggregator_base", List.of(), NoOptions.class, Aggregator.class),
            new Factory<>("flusher_http", List.of(), HttpOptions.class, Flusher.class),
            new Factory<>("flusher_prometheus", List.of(), RemoteWriteOptions.class, Flusher.class),
            new Factory<>("flusher_greedy", List.of(), GreedyOptions.class, Flusher.class),
            new Factory<>("flusher_stdout", List.of(), NoOptions.class, Flusher.class),
            new Factory<>("ext_basicauth", List.of("ext_basic"), BasicAuthOptions.class, ClientAuthenticator.class),
            new Factory<>("discovery_file", List.of(), FileOptions.class, TargetDiscovery.class),
            new Factory<>("discovery_none", List.of(), NoOptions.class, Encoder.class),
            new Factory<>("ext_chain", List.of(), ChainOptions.class, ClientAuthenticator.class),
            new Factory<>("ext_endless", List.of(), EndlessOptions.class, ClientAuthenticator.class),
            new Factory<>("ext_default_encoder", List.of(), EncoderOptions.class, Encoder.class));

    @Override
    public PluginFactory<?, ?> find(String typeOrAlias) {
        return ALL.stream()
                .filter(factory ->
                        factory.type().equals(typeOrAlias) || factory.aliases().contains(typeOrAlias))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        ALL.forEach(factory -> types.add(factory.type()));
        return types;
    }

    @Override
    public String whyMissing(String type) {
        return type.equals("flusher_broken") ? "plugins/flusher_broken.jar: not a jar" : null;
    }
}
