package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.PeerProgram.VersionOf;
import dev.millrace.distribution.comparison.Program.Task;
import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.Peers;
import dev.millrace.distribution.run.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The programs of others that can be measured: Debian's, of its stable and of a newer release, and one built here. */
final class PeerPrograms {
    private static final String DEBIAN =
            "it is not in the folder of peers; .ci/peers brings it along from Debian's packages, where they can be had";
    private static final String GO =
            "it is not in the folder of peers; distribution/benchmarks/bench builds it where Go is installed";

    private PeerPrograms() {}

    /** All of them, there or not; the short name of one that has several releases is that of the newest that is there. */
    static List<Program> all() {
        return List.of(
                vmagent("vmagent", newest("vmagent")),
                vmagent("vmagent-newer", "newer"),
                vmagent("vmagent-stable", "stable"),
                prometheus("prometheus", newest("prometheus"), Versions.ONE),
                prometheus("prometheus-newer", "newer", Versions.ONE),
                prometheus("prometheus-stable", "stable", Versions.ONE),
                prometheus("prometheus-2.0", "newer", Versions.ONE_AND_TWO),
                otelcol());
    }

    private static Program vmagent(String name, String release) {
        return new PeerProgram(
                name,
                binary(release, "vmagent"),
                DEBIAN,
                debian(release, "vmagent", "victoria-metrics", ""),
                List.of(
                        "-promscrape.config=CONFIG",
                        "-remoteWrite.url=ENDPOINT",
                        "-remoteWrite.tmpDataPath=FOLDER/queue",
                        "-httpListenAddr=ADDRESS"),
                PeerPrograms::scrape,
                Versions.ONE,
                false);
    }

    private static Program prometheus(String name, String release, Versions versions) {
        String form = versions == Versions.ONE ? "" : "  protobuf_message: io.prometheus.write.v2.Request\n";
        return new PeerProgram(
                name,
                binary(release, "prometheus"),
                DEBIAN,
                debian(release, "Prometheus agent", "prometheus", form.isEmpty() ? "" : " (2.0)"),
                List.of(
                        release.equals("stable") ? "--enable-feature=agent" : "--agent",
                        "--config.file=CONFIG",
                        "--storage.agent.path=FOLDER/agent",
                        "--web.listen-address=ADDRESS"),
                task -> scrape(task) + "remote_write:\n- url: " + task.endpoint() + "\n" + form,
                versions,
                false);
    }

    private static Program otelcol() {
        Optional<Path> binary = Peers.file("otelcol", "otelcol").filter(Files::isExecutable);
        return new PeerProgram(
                "otelcol",
                binary,
                GO,
                () -> Commands.run(Map.of(), List.of(binary.orElseThrow().toString(), "--version"))
                        .output()
                        .get(0)
                        .replace(" version", ""),
                List.of("--config=CONFIG"),
                PeerPrograms::collector,
                Versions.ONE,
                true);
    }

    private static String scrape(Task task) {
        return "scrape_configs:\n" + task.scrapeConfigs();
    }

    /**
     * What is pushed is batched, as its documents recommend. The port of its own metrics is the one thing that two collectors
     * on a machine cannot share.
     */
    private static String collector(Task task) {
        boolean pushed = task.otlp().isPresent();
        return """
                receivers:
                %sexporters:
                  prometheusremotewrite:
                    endpoint: %s
                processors:%s
                service:
                  telemetry:
                    metrics:
                      readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: %d}}}}]
                  pipelines:
                    metrics:
                      receivers: [%s]
                      processors: [%s]
                      exporters: [prometheusremotewrite]
                """.formatted(
                        task.otlp()
                                .map(PeerPrograms::receiver)
                                .orElseGet(() -> "  prometheus:\n    config:\n"
                                        + scrape(task).indent(6)),
                        task.endpoint(),
                        pushed ? "\n  batch:" : "",
                        Ports.free(),
                        pushed ? "otlp" : "prometheus",
                        pushed ? "batch" : "");
    }

    private static String receiver(Task.Otlp pushed) {
        return "  otlp:\n    protocols:\n      " + pushed.protocol() + ":\n        endpoint: " + pushed.address()
                + "\n";
    }

    private static String newest(String program) {
        return binary("newer", program).isPresent() ? "newer" : "stable";
    }

    private static Optional<Path> binary(String release, String program) {
        return Peers.file(release, "usr/bin/" + program).filter(Files::isExecutable);
    }

    /** The version as the changelog of a package has it: not every program tells its own. */
    private static VersionOf debian(String release, String title, String source, String note) {
        return () -> {
            Path changes = Peers.file(release, "usr/share/doc/" + source + "/changelog.Debian.gz")
                    .orElseThrow(() -> new IOException("there is no changelog of " + source));
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(changes)), StandardCharsets.UTF_8))) {
                return title + " " + lines.readLine().replaceAll(".*\\(([^)+~-]*)[^)]*\\).*", "$1") + note;
            }
        };
    }
}
