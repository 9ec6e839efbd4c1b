package dev.millrace.distribution.schema;

import dev.millrace.core.config.Factories;
import dev.millrace.spi.Component;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Processor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Installed plugins, and beside them some whose options have every type and form that there is, and no checks of their own.
 *
 * @param installed the plugins that ship
 */
record EveryType(Factories installed) implements Factories {
    enum Colour {
        RED,
        LIGHT_GREEN
    }

    record Everything(
            @Doc(value = "A text.", example = "hello") String text,

            @Key(
                    value = "Url",
                    aliases = {"Uri", "Link"})
            @Doc(value = "An address.", example = "http://x/")
            String url,

            @Key(value = "Size", aliases = "Length") Optional<ByteSize> size,
            @Doc(value = "A secret.", example = "sesame") Secret secret,
            boolean flag,
            int count,
            long delayMs,
            double share,
            Duration pause,
            @Doc(value = "A file.", example = "some/file") Path file,
            Colour colour,
            @Inline Limits limits,
            Optional<Inner> maybe,
            List<Inner> inners,

            @Doc(value = "Lists.", example = "[[1, 2], [3]]")
            List<List<Integer>> matrix,

            @Doc(value = "Inners.", example = "{a: {}, b: {}}")
            Map<String, Inner> byName,

            @Doc(value = "Choices.", example = "[red, red]") List<Optional<Colour>> colours,

            @Doc(value = "Authenticators.", example = "[{}]")
            List<ComponentRef<ClientAuthenticator>> all) {}

    @SnakeCase
    record Limits(@Default("5") int maxCount, @Default("1s") Duration maxTime, Optional<Boolean> reallyStrict) {}

    record Inner(@Default("[1, 2]") List<Integer> numbers, Innermost innermost, Colour colour) {}

    record Innermost(@Default("red") Colour colour) {}

    record Chain(ComponentRef<ClientAuthenticator> next) {}

    record Nothing() {}

    private record Factory<C extends Record, T extends Component>(
            String type, List<String> aliases, Class<C> options, Class<T> kind) implements PluginFactory<C, T> {
        @Override
        public T create(C options, PluginContext context) {
            throw new AssertionError("nothing is created here");
        }
    }

    private static final List<PluginFactory<?, ?>> OWN = List.of(
            new Factory<>("processor_everything", List.of("processor_all"), Everything.class, Processor.class),
            new Factory<>("processor_nothing", List.of(), Nothing.class, Processor.class),
            new Factory<>("aggregator_limits", List.of(), Limits.class, Aggregator.class),
            new Factory<>("ext_chain", List.of("ext_link"), Chain.class, ClientAuthenticator.class));

    @Override
    public PluginFactory<?, ?> find(String typeOrAlias) {
        for (PluginFactory<?, ?> factory : OWN) {
            if (factory.type().equals(typeOrAlias) || factory.aliases().contains(typeOrAlias)) {
                return factory;
            }
        }
        return installed.find(typeOrAlias);
    }

    @Override
    public Set<String> types() {
        Set<String> types = new TreeSet<>(installed.types());
        OWN.forEach(factory -> types.add(factory.type()));
        return types;
    }

    @Override
    public String whyMissing(String type) {
        return installed.whyMissing(type);
    }
}
