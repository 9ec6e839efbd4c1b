package dev.millrace.distribution.peer;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An nginx that demands authentication in front of another server. */
public final class NginxServer implements AutoCloseable {
    private final ChildProcess process;
    private final Path folder;
    private final String endpoint;

    private NginxServer(ChildProcess process, Path folder, String endpoint) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    /** Starts it in a folder, in front of {@code upstream}. */
    public static NginxServer start(Path folder, String upstream, String user, String password) throws IOException {
        Files.createDirectories(folder);
        Path users = Files.writeString(folder.resolve("users"), user + ":{PLAIN}" + password + "\n");
        String demand = "auth_basic \"metrics\"; auth_basic_user_file " + users + ";";
        return start(folder, upstream, "http", "", demand, 401);
    }

    /**
     * Starts it with TLS for 127.0.0.1; it demands a client certificate that the authority of {@code ca.pem} signed.
     *
     * @param folder holds {@code server.crt}, {@code server.key} and {@code ca.pem}
     */
    public static NginxServer demandingCertificates(Path folder, String upstream) throws IOException {
        String demand = "ssl_certificate server.crt; ssl_certificate_key server.key;"
                + " ssl_client_certificate ca.pem; ssl_verify_client on;";
        return start(
                folder, upstream, "https", " ssl", demand.replaceAll("(\\S+\\.(crt|key|pem))", folder + "/$1"), 400);
    }

    /** The names in the client certificates of all requests, one to a line. */
    public String clients() throws IOException {
        return Files.readString(folder.resolve("clients"));
    }

    private static NginxServer start(
            Path folder, String upstream, String scheme, String listen, String demand, int refusal) throws IOException {
        String program = Peers.program("stable", "usr/sbin/nginx");
        int port = Ports.free();
        URI target = URI.create(upstream);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                  log_format client "$ssl_client_s_dn";
                  access_log %1$s/clients client;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d%4$s;
                    %5$s
                    location / {
                      proxy_pass http://%3$s;
                    }
                  }
                }
                """.formatted(folder, port, target.getAuthority(), listen, demand));
        ChildProcess process = ChildProcess.start(
                "nginx",
                folder,
                Map.of(),
                List.of(program, "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString()));
        String authority = "://127.0.0.1:" + port;
        Await.until(
                "nginx answers",
                Duration.ofSeconds(20),
                () -> Web.get("http" + authority + "/").statusCode() == refusal,
                () -> String.join("\n", process.lines()));
        return new NginxServer(process, folder, scheme + authority + target.getPath());
    }

    /** Where to write to. */
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.close();
    }
}
