package dev.millrace.core.host;

import dev.millrace.core.config.Factories;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.spi.PluginFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plugins of a catalog, as configuration names them. */
record CatalogFactories(PluginCatalog catalog) implements Factories {
    @Override
    public @Nullable PluginFactory<?, ?> find(String typeOrAlias) {
        return catalog.ofType(typeOrAlias).flatMap(LoadedPlugin::factory).orElse(null);
    }

    @Override
    public Set<String> types() {
        return catalog.plugins().stream()
                .filter(plugin -> plugin.factory().isPresent())
                .map(LoadedPlugin::id)
                .collect(Collectors.toSet());
    }

    @Override
    public @Nullable String whyMissing(String type) {
        List<PluginProblem> problems = catalog.problemsOf(type);
        return problems.isEmpty() ? null : problems.get(0).message();
    }
}
