package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.ReadmeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a newcomer, with the commands of {@code docs/writing-plugins.md} and of the template's {@code README.md}, word
 * for word: from an unpacked tarball and an empty home, in folders whose names have a space and a quote, to lines at the
 * endpoint of a flusher of one's own, and to the next version of it. Where something listens at the README's port, another
 * one takes its place, as the README says. What Maven needs besides comes from the repository that this build filled.
 */
@Tag("servers") // no server, but Maven twice
final class TemplateIT {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String PORT = "9009";

    @TempDir
    Path folder;

    @Test
    void fromTheReadmeToAFlusherOfOnesOwn() throws Exception {
        Path home = Installation.copyTo(folder.resolve("Jo's mill race"));
        chooseAFreeAdminPort(home);
        Path user = newUser();
        String port = freePort();
        long begin = System.nanoTime();

        String make = ReadmeFiles.of(home.resolve("docs/writing-plugins.md"))
                .commands()
                .get(0);
        assertThat(run(home, user, make)).contains("made " + user + "/flusher_mine for the plugin flusher_mine");
        Path project = user.resolve("flusher_mine");
        assertThat(namesOfTheTemplate(project)).isEmpty();
        List<String> commands = ReadmeFiles.of(project.resolve("README.md")).commands();
        assertThat(commands).hasSize(5);

        assertThat(run(project, user, commands.get(0))).anyMatch(line -> line.contains("Tests run: 4, Failures: 0"));
        assertThat(run(project, user, commands.get(1)))
                .anyMatch(line -> line.contains("installed flusher_mine 1.0.0 ("));
        Path pipeline = project.resolve("pipeline.yaml");
        Files.writeString(pipeline, Files.readString(pipeline).replace(PORT, port));
        try (ChildProcess server =
                start("server", project, user, commands.get(2).replace(PORT, port))) {
            server.awaitLine(
                    "its address", DEADLINE, line -> line.equals("listening at http://127.0.0.1:" + port + "/"));
            try (ChildProcess millrace = start("millrace", project, user, commands.get(3))) {
                awaitLines(server, millrace, 1);
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                System.out.println("from the README to a running flusher: " + taken.toMillis() / 1000.0 + " s");
                assertThat(taken).isLessThan(DEADLINE);

                Path pom = project.resolve("pom.xml");
                Files.writeString(pom, Files.readString(pom).replaceFirst("<version>1.0.0<", "<version>1.0.1<"));
                assertThat(run(project, user, commands.get(4)))
                        .anyMatch(line -> line.contains("upgraded flusher_mine 1.0.1 from 1.0.0 ("))
                        .contains("pipeline flusher_mine: changed");
                awaitLines(server, millrace, server.lines().size() + 1);
                assertThat(millrace.terminate(Duration.ofSeconds(60))).isZero();
            }
        }
    }

    private static void awaitLines(ChildProcess server, ChildProcess millrace, int more) {
        Await.until(
                "the server prints samples",
                DEADLINE,
                () -> server.lines().stream()
                                .filter(line -> line.startsWith("{__name__=\"mock_metric\""))
                                .count()
                        >= more,
                () -> String.join("\n", millrace.lines()));
    }

    private static String freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(Integer.parseInt(PORT), 0, loopback)) {
            return String.valueOf(socket.getLocalPort());
        } catch (BindException e) {
            try (ServerSocket other = new ServerSocket(0, 0, loopback)) {
                return String.valueOf(other.getLocalPort());
            }
        }
    }

    /* The home of somebody who has a Maven that gets its plugins from a mirror. */
    private Path newUser() throws IOException {
        Path user = Files.createDirectories(folder.resolve("a user"));
        Files.createDirectories(mavenHome().resolve(".m2"));
        Files.writeString(mavenHome().resolve(".m2/settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror>
                      <id>filled-by-the-build</id>
                      <mirrorOf>*,!millrace</mirrorOf>
                      <url>file://%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(System.getProperty(
                "millrace.repository", System.getProperty("user.home") + "/.m2/repository")));
        return user;
    }

    /* Maven takes it for the user's home; its script cannot take a space there. */
    private Path mavenHome() {
        return folder.resolve("maven");
    }

    private List<String> run(Path where, Path user, String commands) {
        try (ChildProcess process = start("commands", where, user, commands)) {
            int exitCode = process.awaitExit(DEADLINE);
            assertThat(exitCode).as("%s", String.join("\n", process.lines())).isZero();
            return process.lines().stream()
                    .filter(line -> line.contains("Tests run:") || !line.startsWith("[")) // Maven says much
                    .toList();
        }
    }

    /* The last command takes the place of the shell, so that it is what is ended. */
    private ChildProcess start(String name, Path where, Path user, String commands) {
        List<String> lines = commands.lines().toList();
        String script = String.join("\n", lines.subList(0, lines.size() - 1)) + "\nexec " + lines.get(lines.size() - 1);
        Map<String, String> environment = Map.of(
                "HOME", user.toString(),
                "MAVEN_OPTS", "-Duser.home=" + mavenHome(),
                "PATH", WalkThroughPlugin.TOOLS + ":" + System.getenv("PATH"));
        return ChildProcess.start(name, where, environment, List.of("sh", "-e", "-c", script));
    }

    /** Other tests use the address that ships, and so do the pipelines that ship with it. */
    private static void chooseAFreeAdminPort(Path home) throws IOException {
        Files.writeString(home.resolve("conf/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\n");
        try (var shipped = Files.newDirectoryStream(home.resolve("conf/pipelines"))) {
            for (Path file : shipped) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> namesOfTheTemplate(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> mentions(project.relativize(file) + "\n" + read(file)))
                    .toList();
        }
    }

    private static boolean mentions(String text) {
        return text.toLowerCase(Locale.ROOT).contains("sketch") || text.contains("../");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
