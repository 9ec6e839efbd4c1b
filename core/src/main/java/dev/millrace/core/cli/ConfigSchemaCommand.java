package dev.millrace.core.cli;

import dev.millrace.core.description.Description;
import dev.millrace.core.description.JsonSchema;
import dev.millrace.core.host.Descriptions;
import dev.millrace.core.host.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a JSON Schema of configuration files. */
@Command(
        name = "schema",
        description =
                "Print a JSON Schema (2020-12) of the files of pipelines with the plugins that are installed, or of"
                        + " millrace.yaml, or of tests of pipelines, for editors.",
        mixinStandardHelpOptions = true)
final class ConfigSchemaCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @ArgGroup
    private Files files = new Files();

    /** Which files the schema is of. */
    static final class Files {
        @Option(names = "--pipelines", description = "Of the files of pipelines; the default.")
        private boolean pipelines;

        @Option(names = "--host", description = "Of millrace.yaml.")
        private boolean host;

        @Option(names = "--tests", description = "Of files of tests, for millrace test.")
        private boolean tests;

        String of(Description description) {
            if (tests) {
                return JsonSchema.ofTests(description);
            }
            return host && !pipelines ? JsonSchema.ofHost(description) : JsonSchema.ofPipelines(description);
        }
    }

    @Override
    public Integer call() throws Exception {
        return InstalledPlugins.with(options.folders(), this::call);
    }

    private int call(InstalledPlugins plugins) {
        Description description = Descriptions.of(plugins.catalog());
        System.out.print(files.of(description));
        plugins.catalog().problems().forEach(problem -> System.err.println(problem.message()));
        description.problems().forEach(System.err::println);
        boolean good =
                plugins.catalog().problems().isEmpty() && description.problems().isEmpty();
        return good ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
    }
}
