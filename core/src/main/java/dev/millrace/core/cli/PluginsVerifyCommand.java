package dev.millrace.core.cli;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.plugin.LoadedPlugin;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the jars with the hashes that the configuration pins. */
@Command(
        name = "verify",
        description = "Compare the jars of all plugins with the hashes in Plugins.Sha256 of millrace.yaml.",
        mixinStandardHelpOptions = true)
final class PluginsVerifyCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(
            names = "--pins",
            description = "Print the hashes of the jars that are there as a part of millrace.yaml, to pin them.")
    private boolean pins;

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.with(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        for (LoadedPlugin plugin : plugins.catalog().plugins()) {
            hashes.putAll(plugin.hashes());
        }
        if (pins) {
            System.out.println("Plugins:\n  Verify: required\n  Sha256:");
            hashes.forEach((jar, hash) -> System.out.println("    " + jar + ": " + hash));
            return ExitCode.OK.code();
        }
        Map<String, String> pinned = plugins.settings().plugins().sha256();
        hashes.forEach((jar, hash) ->
                System.out.printf("%-9s %s  %s%n", pinned.containsKey(jar) ? "pinned" : "unpinned", hash, jar));
        plugins.catalog().problems().forEach(problem -> System.err.println(problem.message()));
        pinned.keySet().stream()
                .filter(jar ->
                        !hashes.containsKey(jar) && plugins.catalog().problems().isEmpty())
                .sorted()
                .forEach(jar -> System.err.println(CommandMessage.PIN_WITHOUT_JAR.with(jar)));
        boolean required = plugins.settings().plugins().verify() == HostSettings.Verify.REQUIRED;
        boolean good = plugins.catalog().problems().isEmpty()
                && (!required || pinned.keySet().containsAll(hashes.keySet()));
        return good ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
    }
}
