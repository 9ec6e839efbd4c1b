package dev.millrace.distribution.peer;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A YADIFA that serves the zone {@code example.test}. */
public final class YadifaServer implements AutoCloseable {
    private final ChildProcess process;

    private YadifaServer(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param records the records of the zone, without those that each has to have
     */
    public static YadifaServer start(Path folder, String address, int port, String records) throws IOException {
        String program = Peers.program("stable", "usr/sbin/yadifad");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("zone"), """
                $ORIGIN example.test.
                $TTL 1
                @ SOA ns1 hostmaster 1 3600 600 86400 1
                @ NS ns1
                ns1 A 127.0.0.1
                """ + records);
        Path configuration = Files.writeString(
                folder.resolve("yadifad.conf"), """
                <main>
                  daemonize off
                  logpath "%1$s"
                  pidfile "%1$s/pid"
                  datapath "%1$s"
                  keyspath "%1$s"
                  xfrpath "%1$s"
                  listen %2$s port %3$d
                  user "%4$s"
                  group "%4$s"
                </main>
                <zone>
                  domain example.test
                  file zone
                  type master
                </zone>
                """.formatted(folder, address, port, System.getProperty("user.name")));
        ChildProcess process =
                ChildProcess.start("yadifad", folder, Map.of(), List.of(program, "-c", configuration.toString()));
        Await.until(
                "yadifad answers",
                Duration.ofSeconds(30),
                () -> process.lines().stream().anyMatch(line -> line.contains("waiting for udp messages")),
                () -> String.join("\n", process.lines()));
        return new YadifaServer(process);
    }

    @Override
    public void close() {
        process.close();
    }
}
