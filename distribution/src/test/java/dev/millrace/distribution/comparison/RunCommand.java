package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.ScenarioKind.Settings;
import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import dev.millrace.distribution.comparison.report.Chart;
import dev.millrace.distribution.comparison.report.JsonReport;
import dev.millrace.distribution.comparison.report.ReadmeSection;
import dev.millrace.distribution.comparison.report.Results;
import dev.millrace.distribution.comparison.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays scenarios and writes what came of them. */
@Command(
        name = "run",
        description =
                "Plays a scenario with every program in turn, round after round, and writes SCENARIO.md, .json and"
                        + " .svg: medians with the least and the most, and ratios to the first program.",
        showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this.")
    @SuppressWarnings("unused") // picocli asks for it
    private boolean help;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description = "Of steady, outage, kill, drain, scale, reload, otlp, targets.")
    private List<ScenarioKind> scenarios = List.of(ScenarioKind.STEADY);

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Programs of others, ratios are to the first: vmagent, prometheus (each the newest that is"
                            + " there, or with -newer or -stable), prometheus-2.0, otelcol; all; none. One that is not there is left out.")
    private List<String> peers = List.of("vmagent", "prometheus", "otelcol");

    @Option(
            names = "--millrace",
            paramLabel = "NAME[=FOLDER]",
            split = ",",
            description = "Names of Millraces. One that ends with -2.0 has a receiver that takes remote write 2.0, with"
                    + " -write a journal that is not forced, with -memory none on the disk. NAME=FOLDER is that of"
                    + " another unpacked tarball.")
    private List<String> millraces = List.of("millrace");

    @Option(names = "--rounds", paramLabel = "N", description = "How often each program has its turn.")
    private int rounds = 3;

    @Option(
            names = "--targets",
            paramLabel = "N",
            description = "How many targets there are, or processes that export; else 100, otlp 500, targets 10,000.")
    private @Nullable Integer targets;

    @Option(
            names = "--series",
            paramLabel = "N",
            description = "How many series a target has, or data points a process; else 1000, otlp 200, targets 100.")
    private @Nullable Integer series;

    @Option(
            names = "--interval",
            paramLabel = "S",
            description = "Seconds between two scrapes of a target; else 5, drain 1, otlp 10, targets 60.")
    private @Nullable Integer interval;

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds before the window; else 60, 20 or 120.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--window",
            paramLabel = "S",
            description = "Seconds that are measured, or for which the receiver fails; else 40, 60, 120 or 240.")
    private @Nullable Integer window;

    @Option(names = "--seed", paramLabel = "N", description = "Where the values of the pages come from.")
    private long seed = 1;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description = "Of outage: down, 5xx, 429, slow, hanging, answers-lost.")
    private List<String> faults =
            Arrays.stream(Fault.values()).map(Fault::toString).toList();

    @Option(names = "--sizes", paramLabel = "N", split = ",", description = "Of scale: how many series there are.")
    private List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

    @Option(names = "--every", paramLabel = "S", description = "Of reload: seconds between two reloads.")
    private int every = 3;

    @Option(names = "--otlp", paramLabel = "PROTOCOL", split = ",", description = "Of otlp: grpc, http.")
    private List<String> otlp = List.of("grpc");

    @Option(names = "--output", paramLabel = "DIR", description = "Where the results go.")
    private Path output = Path.of("build/bench");

    @Option(
            names = "--publish",
            paramLabel = "DIR",
            description = "Writes steady's table into README.md below this folder, and its chart beside the documents.")
    private @Nullable Path project;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec().commandLine().getOut();
        Programs programs;
        List<List<Scenario>> plays;
        try {
            programs = Programs.named(peers, millraces);
            plays = scenarios.stream().map(kind -> kind.parts(settings(kind))).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        }
        if (rounds < 1) {
            throw new ParameterException(spec().commandLine(), "--rounds: " + rounds + " (expected: at least 1)");
        }
        programs.leftOut().forEach(reason -> out.println("left out: " + reason));
        if (programs.present().isEmpty()) {
            out.println("nothing to measure");
            return 1;
        }
        Files.createDirectories(output);
        for (int i = 0; i < scenarios.size(); i++) {
            play(scenarios.get(i), plays.get(i), programs, out);
        }
        return 0;
    }

    private void play(ScenarioKind kind, List<Scenario> parts, Programs programs, PrintWriter out) throws IOException {
        Results results;
        Programs playing = kind == ScenarioKind.OTLP ? programs.takingOtlp() : programs;
        try (Rounds played = Rounds.open(kind.toString(), describe(kind), playing, output, line -> {
            out.println(line);
            out.flush();
        })) {
            for (Scenario part : parts) {
                played.play(part, rounds);
                write(kind, played.results());
            }
            results = played.results();
        }
        out.println("\n" + TextReport.of(results));
        out.println("The same is in " + output + ", as " + kind + ".md, .json and .svg");
        if (project != null && kind == ScenarioKind.STEADY) {
            ReadmeSection.write(project, results);
        }
    }

    private void write(ScenarioKind kind, Results results) throws IOException {
        Files.writeString(output.resolve(kind + ".md"), TextReport.of(results));
        Files.writeString(output.resolve(kind + ".json"), JsonReport.of(results));
        Files.writeString(output.resolve(kind + ".svg"), Chart.of(results));
    }

    private String describe(ScenarioKind kind) {
        Settings settings = settings(kind);
        String load = kind == ScenarioKind.SCALE ? "" : settings.load().describe() + "; ";
        return "%s%d s of warm-up, %d s of %s; rounds: %d."
                .formatted(
                        load, settings.warmUp().toSeconds(), settings.window().toSeconds(), kind, rounds);
    }

    private Settings settings(ScenarioKind kind) {
        Load load = new Load(
                targets == null ? kind.targets() : targets,
                series == null ? kind.series() : series,
                seconds("interval", interval, kind.interval()),
                seed);
        return new Settings(
                load,
                seconds("warm-up", warmUp, kind.warmUp()),
                seconds("window", window, kind.window()),
                faults.stream().map(Fault::named).toList(),
                sizes,
                seconds("every", every, Duration.ofSeconds(3)),
                otlp.stream().map(OtlpProtocol::named).toList());
    }

    private static Duration seconds(String name, @Nullable Integer given, Duration otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (given < 1) {
            throw new IllegalArgumentException("--" + name + ": " + given + " (expected: at least 1)");
        }
        return Duration.ofSeconds(given);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
