package dev.millrace.distribution.peer;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Prometheus in agent mode: it scrapes and sends. */
public final class PrometheusAgent implements AutoCloseable {
    private final ChildProcess process;

    private PrometheusAgent(ChildProcess process) {
        this.process = process;
    }

    /** Starts the agent of the newer release with a configuration. */
    public static PrometheusAgent start(Path folder, String configuration) throws IOException {
        String program = Peers.program("newer", "usr/bin/prometheus");
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        return new PrometheusAgent(ChildProcess.start(
                "prometheus agent",
                folder,
                Map.of(),
                List.of(
                        program,
                        "--agent",
                        "--config.file=" + file,
                        "--storage.agent.path=" + folder.resolve("agent"),
                        "--web.listen-address=127.0.0.1:" + Ports.free())));
    }

    /** The lines of its log. */
    public List<String> lines() {
        return process.lines();
    }

    @Override
    public void close() {
        process.close();
    }
}
