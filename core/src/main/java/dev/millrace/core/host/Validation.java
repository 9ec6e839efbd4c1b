package dev.millrace.core.host;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.config.Served;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.core.plugin.PluginSources;
import dev.millrace.spi.config.Listens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a look at plugins and configuration found, with nothing started.
 *
 * @param problems what is wrong, a line each
 * @param inPipelines those of them that are at a place in a pipeline's file
 * @param notices what works otherwise than one might think, a line each
 * @param summary what is there, in words
 */
public record Validation(List<String> problems, List<Problem> inPipelines, List<String> notices, String summary) {
    public Validation {
        inPipelines = List.copyOf(inPipelines);
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    /** Looks at folders. */
    public static Validation of(Folders folders) throws IOException {
        return of(folders, sources -> sources);
    }

    /** Looks at folders, with other plugins than those that are there. */
    static Validation of(Folders folders, UnaryOperator<PluginSources> change) throws IOException {
        if (!Files.isDirectory(folders.conf())) {
            String problem =
                    HostMessage.CONF_FOLDER_MISSING.with(folders.conf()).text();
            return new Validation(List.of(problem), List.of(), List.of(), count(0, "pipeline"));
        }
        Problems hostProblems = new Problems();
        Optional<HostSettings> settings =
                HostSettings.read(folders.conf().resolve("millrace.yaml"), System::getenv, hostProblems);
        List<String> problems = new ArrayList<>(lines(hostProblems.problems()));
        List<String> notices = new ArrayList<>(lines(hostProblems.notices()));
        if (settings.isEmpty()) {
            notices.add(HostMessage.PLUGIN_FOLDERS_UNKNOWN.with().text());
        }
        PluginSources plugins =
                settings.map(some -> Plugins.sources(folders, some)).orElse(PluginSources.of(folders.plugins()));
        try (PluginCatalog catalog = Plugins.loadTemporarily(change.apply(plugins))) {
            problems.addAll(FolderCheck.problems(folders, plugins.folders()));
            catalog.problems().stream().map(PluginProblem::message).forEach(problems::add);
            Configuration configuration =
                    Configuration.read(folders.conf(), new CatalogFactories(catalog), Plugins.CALLS);
            List<Problem> found = new ArrayList<>(configuration.problems().problems());
            found.addAll(configuration.problems().faults());
            found.addAll(ListenClashes.among(served(folders, settings, configuration)));
            problems.addAll(lines(found));
            notices.addAll(lines(configuration.problems().notices()));
            return new Validation(
                    problems,
                    found,
                    notices,
                    count(configuration.files().size(), "pipeline") + ", "
                            + count(catalog.plugins().size(), "plugin"));
        }
    }

    /* The admin endpoint listens first. */
    private static List<Served> served(Folders folders, Optional<HostSettings> settings, Configuration configuration) {
        List<Served> served = new ArrayList<>();
        settings.map(some -> some.admin().socketAddress())
                .map(address -> new Listens.Address("address", address.getHostString(), address.getPort(), "/"))
                .map(address -> new Served(
                        Location.of(folders.conf().resolve("millrace.yaml").toString()), "Admin.Address", address))
                .ifPresent(served::add);
        served.addAll(configuration.problems().served());
        return served;
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
