package dev.millrace.distribution.peer;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node_exporter of this machine. */
public final class NodeExporter implements AutoCloseable {
    private final ChildProcess process;
    private final String address;

    private NodeExporter(ChildProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it, with more flags, and waits until it answers. */
    public static NodeExporter start(Path folder, String... flags) {
        String program = Peers.program("stable", "usr/bin/prometheus-node-exporter");
        String address = "127.0.0.1:" + Ports.free();
        List<String> command = new ArrayList<>(List.of(program, "--web.listen-address=" + address));
        command.addAll(List.of(flags));
        ChildProcess process = ChildProcess.start("node_exporter", folder, Map.of(), command);
        Await.until(
                "node_exporter answers",
                Duration.ofSeconds(30),
                () -> Web.get("http://" + address + "/metrics").statusCode() == 200,
                () -> String.join("\n", process.lines()));
        return new NodeExporter(process, address);
    }

    /** Its page of this moment. */
    public MetricsPage page() throws IOException {
        return MetricsPage.parse(Web.get("http://" + address + "/metrics").body());
    }

    /** Host and port. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        process.close();
    }
}
