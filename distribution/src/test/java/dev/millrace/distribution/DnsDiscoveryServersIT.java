package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.peer.YadifaServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that a real name server knows: in a real Prometheus and in Millrace they are the same. */
@Tag("servers")
final class DnsDiscoveryServersIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String ADDRESS = "127.0.0.153";
    private static final int PORT = 53;
    private static final String RECORDS = """
            @ MX 10 mail
            @ MX 20 mail.other.test.
            @ NS ns2.other.test.
            mail A 127.0.0.1
            app A 127.0.0.11
            app A 127.0.0.12
            app AAAA 2001:db8::1
            alias CNAME app
            _http._tcp SRV 10 5 8080 app
            _http._tcp SRV 20 5 8081 elsewhere.other.test.
            text TXT "nothing else"
            """;
    private static final String JOBS = """
            scrape_configs:
              - job_name: services
                dns_sd_configs:
                  - {names: [_http._tcp.example.test, _http._tcp, _many._tcp], refresh_interval: 1s}
                relabel_configs:
                  - {source_labels: [__meta_dns_srv_record_target], target_label: target}
                  - {source_labels: [__meta_dns_name], target_label: name} # which of two that are the same stays is chance
              - job_name: addresses
                dns_sd_configs:
                  - {names: [app, alias.example.test., text, none, www.other.test], type: A, port: 80, refresh_interval: 1s}
                  - {names: [app.example.test], type: aaaa, port: 81, refresh_interval: 1s}
                relabel_configs:
                  - {source_labels: [__meta_dns_name], target_label: name}
              - job_name: others
                dns_sd_configs:
                  - {names: [example.test], type: MX, port: 25, refresh_interval: 1s}
                  - {names: [example.test], type: NS, port: 53, refresh_interval: 1s}
            """;

    @TempDir
    Path folder;

    /** More services than a datagram holds. */
    private static String many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "_many._tcp SRV 1 1 " + (9000 + i) + " a-host-with-a-long-name-" + i + ".other.test.\n")
                .collect(Collectors.joining());
    }

    private List<String> withResolver() throws IOException {
        Path file = Files.writeString(
                folder.resolve("resolv.conf"), "search other.test example.test\nnameserver " + ADDRESS + "\n");
        List<String> starter = List.of(
                "unshare", "-rm", "sh", "-c", "mount --bind " + file + " /etc/resolv.conf && exec \"$@\"", "sh");
        List<String> trial = new ArrayList<>(starter);
        trial.add("true");
        Commands.Result result = Commands.run(Map.of(), trial);
        assumeTrue(
                result.exitCode() == 0,
                () -> "skipped: no other /etc/resolv.conf can be given to a process: " + result.errors());
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(ADDRESS, PORT))) {
            assertThat(socket.isBound()).isTrue();
        } catch (SocketException e) {
            assumeTrue(false, "skipped: " + ADDRESS + ":" + PORT + " cannot be listened at: " + e.getMessage());
        }
        return starter;
    }

    /** A folder of the distribution whose launcher is started by another program. */
    private Path home(List<String> starter) throws IOException {
        Path launcher = folder.resolve("home/bin/millrace");
        Files.createDirectories(launcher.getParent());
        String words = starter.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(
                launcher, "#!/bin/sh\nexec " + words + " '" + Millrace.HOME.resolve("bin/millrace") + "' \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("home");
    }

    private static void pipeline(Millrace millrace, Path jobs) {
        millrace.pipeline("web", """
                inputs:
                  - Type: input_prometheus
                    ConfigFilePath: %s
                flushers:
                  - Type: flusher_stdout
                """.formatted(jobs));
    }

    @SuppressWarnings("try") // a server that is closed before its test ends
    @Test
    void bothFindTheSameTargets() throws Exception {
        List<String> starter = withResolver();
        Path jobs = Files.writeString(folder.resolve("jobs.yml"), JOBS);
        Files.createDirectories(folder.resolve("millrace"));
        try (YadifaServer server = YadifaServer.start(folder.resolve("one"), ADDRESS, PORT, RECORDS + many(300));
                PrometheusServer prometheus =
                        PrometheusServer.configured("newer", folder.resolve("prometheus"), JOBS, starter);
                Millrace millrace = Millrace.in(
                        folder.resolve("millrace"), home(starter), Map.of("MILLRACE_CLASS_SHARING", "off"))) {
            pipeline(millrace, jobs);
            millrace.start();
            SameTargets targets = new SameTargets(prometheus, "newer", millrace);
            Set<Map<String, Object>> first = targets.await();
            assertThat(first).hasSizeGreaterThan(300);

            server.close();
            double failures = millrace.metrics().sum("prometheus_sd_dns_lookup_failures_total");
            Await.until(
                    "Millrace misses the server",
                    LONG,
                    () -> millrace.metrics().sum("prometheus_sd_dns_lookup_failures_total") > failures + 20);
            assertThat(targets.ofMillrace()).as("the last targets stay").isEqualTo(first);

            try (YadifaServer other = YadifaServer.start(
                    folder.resolve("two"), ADDRESS, PORT, RECORDS.replace("app A 127.0.0.12", "") + many(2))) {
                Await.until(
                        "Millrace sees the change",
                        LONG,
                        () -> targets.ofMillrace().size() < 100);
                assertThat(targets.await()).isNotEqualTo(first).hasSizeLessThan(20);
                assertThat(other).isNotNull();
            }
        }
    }

    @Test
    void serversOfOnesOwnAreAsked() throws Exception {
        int port = Ports.free();
        Path jobs = Files.writeString(folder.resolve("jobs.yml"), """
                scrape_configs:
                  - job_name: services
                    dns_sd_configs:
                      - {names: [_http._tcp.example.test.], name_servers: ['127.0.0.1:%d'], refresh_interval: 1s}
                """.formatted(port));
        Files.createDirectories(folder.resolve("millrace"));
        try (YadifaServer server = YadifaServer.start(folder.resolve("dns"), "127.0.0.1", port, RECORDS);
                Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
            pipeline(millrace, jobs);
            millrace.start();
            Await.until(
                    "Millrace knows the targets",
                    LONG,
                    () -> Web.get(millrace.admin() + "/api/v1/targets").body().contains("elsewhere.other.test:8081"));
            assertThat(Web.get(millrace.admin() + "/api/v1/targets").body()).contains("app.example.test:8080");
            assertThat(server).isNotNull();
        }
    }
}
