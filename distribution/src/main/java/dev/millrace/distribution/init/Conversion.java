package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.config.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pipeline of Prometheus' configuration. What the validation refuses is left out like what cannot be taken over,
 * so that the result is always valid.
 */
final class Conversion {
    private static final String RULES = "has no effect: rules are evaluated by the server that keeps the metrics";

    /** What becomes of the sections that are neither jobs nor destinations, and of keys of {@code global}. */
    private static final Map<String, KeyRule> SECTIONS = Map.of(
            "alerting", KeyRule.without(RULES),
            "rule_files", KeyRule.without(RULES),
            "remote_read", KeyRule.without("has no effect: nothing is read here"),
            "scrape_config_files",
                    KeyRule.without("its files are not read; run init --from each of them, with --name and"
                            + " --remote-write"),
            "storage", KeyRule.without("has no effect: nothing is stored here"),
            "runtime", KeyRule.without("has no effect"),
            "otlp", KeyRule.without("has no effect: OTLP is not received yet"),
            "tracing", KeyRule.without("has no effect: there are no traces yet"));

    private static final Map<String, KeyRule> GLOBAL = Map.of(
            "evaluation_interval", KeyRule.without(RULES),
            "rule_query_offset", KeyRule.without(RULES),
            "query_log_file", KeyRule.without("has no effect: nothing is queried here"));

    private final Path source;
    private final Remarks remarks;
    private final SourceLines lines;
    private final List<Part> parts;

    private Conversion(Path source, Remarks remarks, SourceLines lines, List<Part> parts) {
        this.source = source;
        this.remarks = remarks;
        this.lines = lines;
        this.parts = parts;
    }

    /**
     * Reads a file.
     *
     * @param remoteWrite the URL that stands in for the file's own destinations, or null
     * @throws InitException if the file cannot be read, with a line for each problem
     */
    static Conversion of(Path source, @Nullable String remoteWrite) throws InitException, IOException {
        Problems problems = new Problems();
        Node.Mapping root = YamlFile.readLiterally(source, problems);
        if (root == null || !problems.isEmpty()) {
            throw InitException.configuration(
                    problems.problems().stream().map(Problem::toString).toList());
        }
        Remarks remarks = new Remarks();
        Path folder = source.toAbsolutePath().resolveSibling("");
        Credentials credentials = new Credentials(folder, remarks);
        Discoveries discoveries = new Discoveries(folder, credentials, remarks);
        Node.Mapping global = root.get("global") instanceof Node.Mapping mapping
                ? mapping
                : Node.Mapping.empty(Location.of(source.toString()));
        Destinations destinations = new Destinations(ExternalLabels.of(global, remarks), credentials, remarks);
        List<Part> parts =
                new ArrayList<>(new Jobs(global, credentials, discoveries, remarks).of(root.get("scrape_configs")));
        if (remoteWrite == null) {
            parts.addAll(destinations.of(root.get("remote_write")));
        } else {
            parts.add(destinations.of(remoteWrite, root.get("remote_write")));
        }
        others(root, global, remarks);
        SourceLines lines = new SourceLines(Files.readAllLines(source, StandardCharsets.UTF_8), root);
        return new Conversion(source, remarks, lines, parts);
    }

    private static void others(Node.Mapping root, Node.Mapping global, Remarks remarks) {
        for (Node.Entry section : root.entries()) {
            KeyRule rule = SECTIONS.get(section.key());
            if (rule != null && !rule.harmless().test(section.value())) {
                remarks.add(section.location(), section.key(), rule.reason());
            } else if (rule == null
                    && !List.of("global", "scrape_configs", "remote_write").contains(section.key())) {
                remarks.add(section.location(), section.key(), "not known here; it is left out");
            }
        }
        for (Node.Entry entry : global.entries()) {
            KeyRule rule = GLOBAL.get(entry.key());
            if (rule != null) {
                remarks.add(entry.location(), "global." + entry.key(), rule.reason());
            } else if (!List.of("scrape_interval", "scrape_timeout", "external_labels")
                            .contains(entry.key())
                    && !ScrapeKeys.INHERITED.contains(entry.key())
                    && !ScrapeKeys.OTHERS.containsKey(entry.key())) {
                remarks.add(entry.location(), "global." + entry.key(), "not known here; it is left out");
            }
        }
    }

    /** What was not taken over, a line each. */
    List<String> remarks() {
        return remarks.lines();
    }

    /** How many parts of a kind are taken over, or left out. */
    long count(Part.Kind kind, boolean taken) {
        return parts.stream()
                .filter(part -> part.kind() == kind && part.isTaken() == taken)
                .count();
    }

    /**
     * The pipeline's file.
     *
     * @param draft says what is wrong in it
     * @throws InitException if there is no job or no destination left
     */
    String pipeline(Draft draft) throws InitException, IOException {
        while (true) {
            check();
            PipelineText text = new PipelineText(source, parts, lines, remarks);
            List<Problem> problems = draft.problems(text.text());
            if (problems.isEmpty()) {
                return text.text();
            }
            for (Problem problem : problems) {
                leaveOut(text, problem);
            }
        }
    }

    private void leaveOut(PipelineText text, Problem problem) throws InitException {
        Optional<YamlLines.Origin> origin = text.origin(problem.location().line());
        if (origin.isEmpty()) {
            throw new IllegalStateException("what was written is not valid: " + problem);
        }
        Part part = origin.get().part();
        if (origin.get().node().location().equals(Destinations.OPTION)) {
            throw InitException.usage("--remote-write: " + problem.message());
        }
        remarks.leftOut(
                origin.get().node().location(),
                part.path() + origin.get().path(),
                problem.message(),
                part.kind(),
                part.name());
        parts.replaceAll(other -> other.path().equals(part.path()) ? other.leftOut() : other);
    }

    private void check() throws InitException {
        if (count(Part.Kind.JOB, true) == 0) {
            throw InitException.configuration(remarks(), source + ": there is no job that can be taken over");
        }
        if (count(Part.Kind.DESTINATION, true) == 0) {
            boolean none = count(Part.Kind.DESTINATION, false) == 0;
            throw InitException.configuration(
                    remarks(),
                    source + (none ? ": there is no remote_write" : ": there is no remote_write that can be taken over")
                            + "; name a destination with --remote-write URL");
        }
    }
}
