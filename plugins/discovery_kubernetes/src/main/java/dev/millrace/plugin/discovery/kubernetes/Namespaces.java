package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.SnakeCase;
import java.util.List;

/**
 * The namespaces whose objects are wanted; none: all.
 *
 * @param ownNamespace whether the one that Millrace runs in is one of them
 * @param names others
 */
@SnakeCase
@Doc(value = "The namespaces in which targets are looked for; without any, all.", example = """
        names: [shop, payment]
        """)
public record Namespaces(
        @Doc("Whether the namespace that Millrace itself runs in is one of them.") @Default("false")
        boolean ownNamespace,

        @Doc(value = "Namespaces by name.", example = "[shop, payment]")
        List<String> names) {
    public Namespaces {
        names = List.copyOf(names);
    }
}
