package dev.millrace.distribution.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The pipeline's file that parts become, with what is left out as comments in its place. */
final class PipelineText {
    private final YamlLines yaml = new YamlLines();
    private final SourceLines source;
    private final Remarks remarks;

    PipelineText(Path file, List<Part> parts, SourceLines source, Remarks remarks) {
        this.source = source;
        this.remarks = remarks;
        yaml.line("# Made by `millrace init` of " + file.toAbsolutePath().normalize() + ".");
        yaml.line("# docs/configuration.md has every key. A change takes effect within three seconds.");
        yaml.line("");
        yaml.line("inputs:");
        yaml.line("  - Type: input_prometheus");
        yaml.line("    ScrapeConfigs: # the jobs, with the keys of Prometheus");
        add(parts, Part.Kind.JOB, 6);
        yaml.line("");
        yaml.line("flushers:");
        add(parts, Part.Kind.DESTINATION, 2);
    }

    String text() {
        return yaml.text();
    }

    Optional<YamlLines.Origin> origin(int line) {
        return yaml.origin(line);
    }

    private void add(List<Part> parts, Part.Kind kind, int indent) {
        for (Part part : parts) {
            if (part.kind() == kind && part.isTaken()) {
                yaml.item(part, indent);
            } else if (part.kind() == kind) {
                String comment = " ".repeat(indent) + "# ";
                yaml.line(comment + "Left out:");
                remarks.about(part.path()).forEach(remark -> yaml.line(comment + "  " + remark));
                source.of(part).forEach(line -> yaml.line((comment + line).stripTrailing()));
            }
        }
    }
}
