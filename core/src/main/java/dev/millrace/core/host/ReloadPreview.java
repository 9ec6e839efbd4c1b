package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.host.Configuration.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a reload of the files, as they are now, would do; nothing is changed. */
final class ReloadPreview {
    private final Path conf;
    private final PluginCalls calls;
    private final Map<String, ManagedPipeline> pipelines;

    /** A preview for pipelines that run, by their names. */
    ReloadPreview(Path conf, PluginCalls calls, Map<String, ManagedPipeline> pipelines) {
        this.conf = conf;
        this.calls = calls;
        this.pipelines = pipelines;
    }

    /** What it would do with each pipeline, with what the host and the plugins are then. */
    Report plan(Taken taken, Problems found) {
        Configuration configuration = read(Compared.folder(conf), taken, found);
        Map<String, String> plans = new TreeMap<>();
        for (Source file : configuration.files()) {
            plans.put(file.name(), plan(file));
        }
        for (Map.Entry<String, ManagedPipeline> running : pipelines.entrySet()) {
            if (configuration.complete() && !plans.containsKey(running.getKey())) {
                plans.put(running.getKey(), PipelinePlan.removal(running.getKey(), running.getValue(), configuration));
            }
        }
        StringBuilder text = new StringBuilder();
        plans.forEach((name, plan) ->
                text.append("pipeline ").append(name).append(": ").append(plan).append('\n'));
        return report(text, taken, configuration);
    }

    /** In what some files, with what the host and the plugins are now, differ from what runs. */
    Report differences(Compared files, Taken taken, Problems found, Differences differences) {
        Configuration configuration = read(files, taken, found);
        for (Source file : configuration.files()) {
            differences(file, differences);
        }
        Set<String> present = configuration.files().stream().map(Source::name).collect(Collectors.toSet());
        pipelines.forEach((name, pipeline) -> {
            if (configuration.complete() && !present.contains(name)) {
                differences.pipeline(name, PipelinePlan.removal(name, pipeline, configuration));
            }
        });
        StringBuilder text = new StringBuilder(differences.toString());
        return report(text, taken, configuration);
    }

    private void differences(Source file, Differences differences) {
        ManagedPipeline pipeline = pipelines.get(file.name());
        Optional<PipelineConfig<DeliveryOptions>> running = pipeline == null ? Optional.empty() : pipeline.config();
        if (pipeline != null
                && running.isPresent()
                && file.content() instanceof PipelineFile.Valid<DeliveryOptions> valid) {
            differences.pipeline(
                    file.name(), running.get().effective(), valid.config().effective(), pipeline.plan(valid.config()));
        } else if (running.isPresent() || !(file.content() instanceof PipelineFile.Disabled<DeliveryOptions>)) {
            differences.pipeline(file.name(), plan(file));
        }
    }

    private String plan(Source file) {
        ManagedPipeline pipeline = pipelines.get(file.name());
        if (file.content() instanceof PipelineFile.Valid<DeliveryOptions> valid) {
            return pipeline == null ? "starts" : pipeline.plan(valid.config()).orElse("unchanged");
        }
        boolean runs = pipeline != null && pipeline.running();
        if (file.content() instanceof PipelineFile.Disabled<DeliveryOptions>) {
            return runs ? "stops: enable: false; its journal is kept" : "not run: enable: false";
        }
        return runs ? "goes on as it is: its file has problems" : "does not run: its file has problems";
    }

    private Configuration read(Compared files, Taken taken, Problems found) {
        Configuration configuration = files.read(taken.plugins(), calls);
        configuration.problems().addAll(found);
        return configuration;
    }

    private static Report report(StringBuilder text, Taken taken, Configuration configuration) {
        taken.problems().forEach(problem -> text.append(problem).append('\n'));
        configuration
                .problems()
                .problems()
                .forEach(problem -> text.append(problem).append('\n'));
        return new Report(taken.problems().isEmpty() && configuration.problems().isEmpty(), text.toString());
    }
}
