package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.config.Effective;
import dev.millrace.core.config.EffectiveYaml;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The configuration of a folder as the host understands it, read with nothing started and no lock taken.
 *
 * @param host {@code millrace.yaml}; empty if it has problems
 * @param pipelines the pipelines that can be built, by their names
 * @param disabled the names of those that say {@code enable: false}
 * @param problems what is wrong, a line each
 */
public record EffectiveConfiguration(
        Optional<HostFile> host,
        Map<String, PipelineConfig<DeliveryOptions>> pipelines,
        List<String> disabled,
        List<String> problems) {
    public EffectiveConfiguration {
        pipelines = new TreeMap<>(pipelines);
        disabled = List.copyOf(disabled);
        problems = List.copyOf(problems);
    }

    /** Reads a folder. */
    public static EffectiveConfiguration of(Folders folders) throws IOException {
        if (!Files.isDirectory(folders.conf())) {
            return absent(folders.conf());
        }
        Problems problems = new Problems();
        Optional<HostFile> host = host(folders.conf(), problems);
        try (PluginCatalog catalog = Plugins.loadTemporarily(Plugins.sources(folders, host))) {
            return read(folders.conf(), host, catalog, problems);
        }
    }

    /**
     * Hands each pipeline of a folder that can be built to {@code action}, while its plugins are there.
     *
     * @return what is wrong with the others, a line each
     */
    public static List<String> forEach(Folders folders, Consumer<PipelineConfig<DeliveryOptions>> action)
            throws IOException {
        if (!Files.isDirectory(folders.conf())) {
            return absent(folders.conf()).problems();
        }
        Problems problems = new Problems();
        Optional<HostFile> host = host(folders.conf(), problems);
        try (PluginCatalog catalog = Plugins.loadTemporarily(Plugins.sources(folders, host))) {
            EffectiveConfiguration read = read(folders.conf(), host, catalog, problems);
            read.pipelines().values().forEach(action);
            return read.problems();
        }
    }

    /** What the rules of a pipeline make of labels, rule by rule, as lines. */
    public static String explanation(PipelineConfig<?> pipeline, LabelRules.Subject subject, Labels labels) {
        return LabelExplanation.of(pipeline, subject, labels);
    }

    /** What differs between two folders, as lines; none if nothing does. The plugins are those of the second one. */
    public static Report differences(Folders from, Folders to) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Folders folders : List.of(from, to)) {
            if (!Files.isDirectory(folders.conf())) {
                problems.addAll(absent(folders.conf()).problems());
            }
        }
        if (!problems.isEmpty()) {
            return new Report(false, lines(problems));
        }
        Problems found = new Problems();
        Optional<HostFile> newer = host(to.conf(), found);
        try (PluginCatalog catalog = Plugins.loadTemporarily(Plugins.sources(to, newer))) {
            Problems older = new Problems();
            EffectiveConfiguration before = read(from.conf(), host(from.conf(), older), catalog, older);
            EffectiveConfiguration after = read(to.conf(), newer, catalog, found);
            problems.addAll(before.problems());
            problems.addAll(after.problems());
            return problems.isEmpty()
                    ? new Report(true, before.differences(after))
                    : new Report(false, lines(problems.stream().distinct().toList()));
        }
    }

    private static Optional<HostFile> host(Path conf, Problems problems) {
        return HostFile.read(conf.resolve("millrace.yaml"), System::getenv, problems);
    }

    private static EffectiveConfiguration absent(Path conf) {
        String problem = HostMessage.CONF_FOLDER_MISSING.with(conf).text();
        return new EffectiveConfiguration(Optional.empty(), Map.of(), List.of(), List.of(problem));
    }

    private static EffectiveConfiguration read(
            Path conf, Optional<HostFile> host, PluginCatalog catalog, Problems found) {
        Configuration configuration = Configuration.read(conf, new CatalogFactories(catalog), Plugins.CALLS);
        found.addAll(configuration.problems());
        Map<String, PipelineConfig<DeliveryOptions>> pipelines = new TreeMap<>();
        List<String> disabled = new ArrayList<>();
        for (Configuration.Source file : configuration.files()) {
            if (file.content() instanceof PipelineFile.Valid<DeliveryOptions> valid) {
                pipelines.put(file.name(), valid.config());
            } else if (file.content() instanceof PipelineFile.Disabled<DeliveryOptions>) {
                disabled.add(file.name());
            }
        }
        List<String> problems = new ArrayList<>(
                catalog.problems().stream().map(PluginProblem::message).toList());
        found.problems().stream().map(Problem::toString).forEach(problems::add);
        return new EffectiveConfiguration(host, pipelines, disabled, problems);
    }

    private String differences(EffectiveConfiguration after) {
        Differences differences = new Differences();
        if (host.isPresent() && after.host.isPresent()) {
            differences.host(host.get().effective(), after.host.get().effective());
        }
        Map<String, PipelineConfig<DeliveryOptions>> all = new TreeMap<>(pipelines);
        after.pipelines.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            PipelineConfig<DeliveryOptions> one = pipelines.get(name);
            PipelineConfig<DeliveryOptions> other = after.pipelines.get(name);
            if (one == null) {
                differences.pipeline(name, "starts");
            } else if (other == null) {
                differences.pipeline(
                        name, after.disabled.contains(name) ? "stops: enable: false" : "stops: its file is gone");
            } else if (!one.isSameAs(other)) {
                differences.pipeline(
                        name,
                        one.effective(),
                        other.effective(),
                        Optional.of(PipelinePlan.change(one, other, flusher -> PipelinePlan.UNKNOWN)));
            }
        }
        return differences.toString();
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /**
     * The configuration as YAML, a document for each file, with a comment on where each value comes from.
     *
     * @param pipeline the only pipeline that is meant; empty: all, and {@code millrace.yaml} with them
     * @param defaults whether with what nobody wrote
     */
    public String yaml(Optional<String> pipeline, boolean defaults) {
        Map<String, Effective.Mapping> meant = new TreeMap<>();
        pipelines.forEach((name, config) -> {
            if (pipeline.map(name::equals).orElse(true)) {
                meant.put(name, config.effective());
            }
        });
        return yaml(pipeline.isPresent() ? Optional.empty() : host.map(HostFile::effective), meant, defaults);
    }

    /** The same for what runs. */
    static String yaml(Optional<Effective.Mapping> host, Map<String, Effective.Mapping> pipelines, boolean defaults) {
        StringBuilder text = new StringBuilder();
        host.ifPresent(settings -> document("millrace.yaml", settings, defaults, text));
        pipelines.forEach((name, config) -> document("pipeline " + name, config, defaults, text));
        return text.toString();
    }

    private static void document(String title, Effective.Mapping content, boolean defaults, StringBuilder text) {
        text.append("--- # ").append(title).append('\n');
        String yaml = EffectiveYaml.of(content, defaults);
        text.append(yaml.isEmpty() ? "{}\n" : yaml);
    }
}
