package dev.millrace.core.host;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.config.CaseFile;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.files.FileTree;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.trial.CaseRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs files of tests of pipelines with the plugins that are installed, and tells line by line what came of it. */
public final class PipelineTests {
    private final Consumer<String> out;
    private final Consumer<String> problems;
    private int passed;
    private int failed;
    private boolean wrong;

    /**
     * No test was run yet.
     *
     * @param out gets a line for each test, and what was not as expected
     * @param problems gets what is wrong in files
     */
    public PipelineTests(Consumer<String> out, Consumer<String> problems) {
        this.out = out;
        this.problems = problems;
    }

    /** Runs files; the code is 2 where one of them is wrong, else 1 where a test failed. */
    public ExitCode run(Folders folders, List<Path> files) throws IOException {
        Optional<HostFile> host = Optional.empty();
        Path settings = folders.conf().resolve("millrace.yaml");
        if (Files.exists(settings)) {
            Problems found = new Problems();
            host = HostFile.read(settings, System::getenv, found);
            tell(found.problems());
        }
        try (PluginCatalog catalog = Plugins.loadTemporarily(Plugins.sources(folders, host))) {
            catalog.problems().forEach(problem -> problems.accept(problem.message()));
            for (Path file : files) {
                run(file, new CatalogFactories(catalog));
            }
        }
        int all = passed + failed;
        out.accept(all + (all == 1 ? " test" : " tests") + ": " + passed + " passed, " + failed + " failed");
        return wrong ? ExitCode.USAGE : failed > 0 ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void run(Path file, CatalogFactories factories) throws IOException {
        Problems found = new Problems();
        Optional<CaseFile> cases = CaseFile.read(file, found);
        tell(found.problems());
        if (cases.isEmpty()) {
            return;
        }
        Optional<Path> inline = Optional.empty();
        try {
            Path pipeline;
            if (cases.get().pipeline().isPresent()) {
                pipeline = cases.get().pipeline().get();
            } else {
                inline = Optional.of(Files.createTempDirectory("millrace-test"));
                pipeline = inline.get().resolve("inline.yaml");
                Files.writeString(pipeline, cases.get().inline().orElse(""));
            }
            run(file, cases.get(), Configuration.read(List.of(pipeline), factories, Plugins.CALLS), inline);
        } finally {
            if (inline.isPresent()) {
                FileTree.delete(inline.get());
            }
        }
    }

    private void run(Path file, CaseFile cases, Configuration configuration, Optional<Path> inline) throws IOException {
        Optional<PipelineConfig<DeliveryOptions>> pipeline = Optional.empty();
        for (Configuration.Source source : configuration.files()) {
            if (source.content() instanceof PipelineFile.Valid<DeliveryOptions> valid) {
                pipeline = Optional.of(valid.config());
            } else if (source.content() instanceof PipelineFile.Disabled<DeliveryOptions>) {
                problem(source.path() + ": enable: false (expected: true, in a pipeline that is tested)");
            }
        }
        for (Problem problem : configuration.problems().problems()) {
            String text = problem.toString();
            problem(inline.isPresent() ? text.replace(inline.get() + "/inline.yaml", file + ": Inline") : text);
        }
        if (pipeline.isEmpty()) {
            return;
        }
        out.accept(file.toString());
        for (CaseRun run : runs(file, cases)) {
            run(file, run, pipeline.get());
        }
    }

    /* All are read before one runs, so that what is wrong is told at once. */
    private List<CaseRun> runs(Path file, CaseFile cases) {
        List<CaseRun> runs = new ArrayList<>();
        for (CaseFile.Case test : cases.cases()) {
            try {
                runs.add(new CaseRun(test));
            } catch (IllegalArgumentException e) {
                problem(file + ": " + e.getMessage());
            }
        }
        return runs;
    }

    private void run(Path file, CaseRun run, PipelineConfig<DeliveryOptions> pipeline) throws IOException {
        List<String> differences;
        try {
            differences = run.run(pipeline, Plugins.CALLS);
        } catch (IllegalArgumentException e) {
            problem(file + ": " + e.getMessage());
            return;
        } catch (ComponentException e) {
            differences = List.of(String.valueOf(e.getMessage()));
        }
        if (differences.isEmpty()) {
            passed++;
            out.accept("  ok    " + run.name());
        } else {
            failed++;
            out.accept("  FAIL  " + run.name());
            differences.forEach(line -> out.accept("        " + line));
        }
    }

    private void tell(List<Problem> found) {
        found.forEach(problem -> problem(problem.toString()));
    }

    private void problem(String line) {
        wrong = true;
        problems.accept(line);
    }
}
