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

/** An nginx that demands basic authentication in front of another server. */
public final class NginxServer implements AutoCloseable {
    private final ChildProcess process;
    private final String endpoint;

    private NginxServer(ChildProcess process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it in a folder, in front of {@code upstream}. */
    public static NginxServer start(Path folder, String upstream, String user, String password) throws IOException {
        String program = Peers.program("stable", "usr/sbin/nginx");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("users"), user + ":{PLAIN}" + password + "\n");
        int port = Ports.free();
        URI target = URI.create(upstream);
        Path configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    location / {
                      auth_basic "metrics";
                      auth_basic_user_file %1$s/users;
                      proxy_pass http://%3$s;
                    }
                  }
                }
                """.formatted(folder, port, target.getAuthority()));
        ChildProcess process = ChildProcess.start(
                "nginx",
                folder,
                Map.of(),
                List.of(program, "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString()));
        String base = "http://127.0.0.1:" + port;
        Await.until(
                "nginx answers",
                Duration.ofSeconds(20),
                () -> Web.get(base + "/").statusCode() == 401,
                () -> String.join("\n", process.lines()));
        return new NginxServer(process, base + target.getPath());
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
