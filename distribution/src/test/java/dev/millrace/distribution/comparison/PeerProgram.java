package dev.millrace.distribution.comparison;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.Peers;
import dev.millrace.distribution.run.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A program of Debian's that reads a configuration of Prometheus.
 *
 * @param name its name in a scenario
 * @param release {@code stable} or {@code newer}
 * @param title what it is called
 * @param source Debian's name of its package
 * @param binary the file in {@code usr/bin}
 * @param options its options, in which CONFIG, FOLDER, ADDRESS and ENDPOINT stand for files and addresses
 * @param remoteWrite whether the endpoint stands in the configuration
 */
record PeerProgram(
        String name,
        String release,
        String title,
        String source,
        String binary,
        List<String> options,
        boolean remoteWrite)
        implements Program {
    static PeerProgram vmagent(String release, String suffix, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "-promscrape.config=CONFIG",
                "-remoteWrite.url=ENDPOINT",
                "-remoteWrite.tmpDataPath=FOLDER/queue",
                "-httpListenAddr=ADDRESS"));
        options.addAll(List.of(more));
        return new PeerProgram(
                "vmagent-" + release + suffix, release, "vmagent", "victoria-metrics", "vmagent", options, false);
    }

    static PeerProgram prometheus(String release, String agent) {
        List<String> options = List.of(
                agent, "--config.file=CONFIG", "--storage.agent.path=FOLDER/agent", "--web.listen-address=ADDRESS");
        return new PeerProgram(
                "prometheus-" + release, release, "Prometheus agent", "prometheus", "prometheus", options, true);
    }

    @Override
    public String describe() throws IOException {
        Path changes = Peers.file(release, "usr/share/doc/" + source + "/changelog.Debian.gz")
                .orElseThrow();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(changes)), StandardCharsets.UTF_8))) {
            return title + " " + lines.readLine().replaceAll(".*\\(([^)]*)\\).*", "$1");
        }
    }

    @Override
    public ChildProcess start(Path folder, Task task) throws IOException {
        String text = "scrape_configs:\n" + task.scrapeConfigs()
                + (remoteWrite ? "remote_write:\n- url: " + task.endpoint() + "\n" : "");
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), text);
        String address = "127.0.0.1:" + Ports.free();
        List<String> command = new ArrayList<>();
        command.add(program().orElseThrow().toString());
        for (String option : options) {
            command.add(option.replace("CONFIG", configuration.toString())
                    .replace("FOLDER", folder.toString())
                    .replace("ADDRESS", address)
                    .replace("ENDPOINT", task.endpoint()));
        }
        return ChildProcess.start(name, folder, Map.of(), command);
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(options);
        return command;
    }

    @Override
    public boolean isThere() {
        return program().isPresent();
    }

    private Optional<Path> program() {
        return Peers.file(release, "usr/bin/" + binary).filter(Files::isExecutable);
    }
}
