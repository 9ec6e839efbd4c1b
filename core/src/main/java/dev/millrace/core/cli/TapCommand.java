package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what passes components of the running host. */
@Command(
        name = "tap",
        description = "Show what passes components of the running collector, until SIGINT: what inputs, processors and"
                + " aggregators hand on, and what flushers are given.",
        mixinStandardHelpOptions = true)
final class TapCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PIPELINE[/COMPONENT]",
            description = "This pipeline or component only (default: all), such as web/input_mine.")
    private @Nullable String place;

    @Option(names = "--in", description = "What comes to processors and aggregators, in place of what they hand on.")
    private boolean incoming;

    @Option(
            names = "--match",
            paramLabel = "SELECTOR",
            description =
                    "Series that this selects, such as '{__name__=~\"node_.*\"}'; given more than once: that any of"
                            + " them selects.")
    private List<String> match = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "End after so many items.")
    private @Nullable Long limit;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "So many items in a second at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private long rate;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text: Prometheus' text format, json: an object in each line (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private String format = "text";

    @Override
    public Integer call() {
        try {
            Collector.Answer answer = new Collector(folders.folders().data()).follow(target(), TapCommand::print);
            if (!answer.ok()) {
                System.err.print("millrace: " + answer.text());
                return ExitCode.USAGE.code();
            }
            return ExitCode.OK.code();
        } catch (NotRunningException e) {
            System.err.println("millrace: " + e.getMessage());
            return ExitCode.NOT_RUNNING.code();
        }
    }

    private static void print(String line) {
        System.out.println(line);
        if (System.out.checkError()) {
            System.exit(ExitCode.OK.code()); // who read it has enough, as head has
        }
    }

    private String target() {
        StringBuilder target = new StringBuilder("/api/v1/tap?rate=" + rate);
        String given = place;
        if (given != null) {
            int slash = given.indexOf('/');
            add(target, "pipeline", slash < 0 ? given : given.substring(0, slash));
            if (slash >= 0) {
                add(target, "component", given.substring(slash + 1));
            }
        }
        match.forEach(selector -> add(target, "match", selector));
        if (incoming) {
            add(target, "side", "in");
        }
        if (limit != null) {
            add(target, "limit", limit.toString());
        }
        add(target, "format", format);
        return target.toString();
    }

    private static void add(StringBuilder target, String name, String value) {
        target.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
