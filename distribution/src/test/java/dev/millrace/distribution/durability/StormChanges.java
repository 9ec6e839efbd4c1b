package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.PluginJar;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The changes of a storm of reloads, again and again in the same order; each is seen to do what it should. */
final class StormChanges {
    private final Millrace millrace;
    private final Path home;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private int version;
    private int next;

    /**
     * A change of what is in the folders.
     *
     * @param good whether the collector can take all of it
     * @param report how the lines of the report begin, those about pipelines that did not change aside
     */
    private record Change(String name, boolean good, Writing writing, List<String> report) {}

    private interface Writing {
        void write() throws IOException;
    }

    /**
     * Changes of a collector that runs.
     *
     * @param home the installation, whose plugins are upgraded
     * @param file the configuration of the pipeline {@code main}
     * @param taken an address that cannot be listened at
     * @param endpoint where a pipeline that comes and goes sends to
     */
    StormChanges(Millrace millrace, Path home, StormConfiguration file, String taken, String endpoint) {
        this.millrace = millrace;
        this.home = home;
        plan(file, taken, endpoint);
    }

    /** How often each was made. */
    Map<String, Integer> done() {
        return done;
    }

    private void plan(StormConfiguration file, String taken, String endpoint) {
        change("another password", () -> millrace.pipeline("main", file.anotherPassword()), "main: changed");
        change("a processor is added", () -> millrace.pipeline("main", file.anotherProcessor()), "main: changed");
        change("another label", () -> millrace.pipeline("main", file.anotherExternalLabel()), "main: changed");
        change(
                "flusher_http is upgraded",
                () -> upgrade("flusher_http"),
                "main: changed",
                "neighbour: changed",
                "old: changed");
        bad(
                "a broken file",
                () -> millrace.pipeline("main", file.broken()),
                "main: not changed: its file has problems");
        change("another processor", () -> millrace.pipeline("main", file.anotherProcessor()), "main: changed");
        change("a pipeline is renamed", () -> move("old", "new"), "new: started", "old: stopped");
        bad(
                "an input that cannot start",
                () -> millrace.pipeline("main", file.unstartable(taken)),
                "main: failed: main/service_http_server/taken: ");
        change("another timeout of scrapes", () -> millrace.pipeline("main", file.anotherTimeout()), "main: changed");
        change("a pipeline is added", () -> millrace.pipeline("more", StormPipelines.mock(endpoint)), "more: started");
        change(
                "service_http_server is upgraded",
                () -> upgrade("service_http_server"),
                "main: changed",
                "new: changed");
        change("the processor is gone", () -> millrace.pipeline("main", file.noProcessor()), "main: changed");
        change("a pipeline is renamed back", () -> move("new", "old"), "new: stopped", "old: started");
        change("another size of bodies", () -> millrace.pipeline("main", file.anotherBodySize()), "main: changed");
        change(
                "input_prometheus is upgraded",
                () -> upgrade("input_prometheus"),
                "main: changed",
                "neighbour: changed");
        change("a pipeline is gone", () -> Files.delete(file("more")), "more: stopped");
    }

    private void change(String name, Writing writing, String... report) {
        changes.add(new Change(name, true, writing, List.of(report)));
    }

    private void bad(String name, Writing writing, String... report) {
        changes.add(new Change(name, false, writing, List.of(report)));
    }

    private Path file(String pipeline) {
        return millrace.conf().resolve("pipelines/" + pipeline + ".yaml");
    }

    private void move(String from, String to) throws IOException {
        Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void upgrade(String plugin) throws IOException {
        Path jar = home.resolve("plugins/" + plugin + ".jar");
        PluginJar.write(jar, Map.of("Plugin-Version", "0.1." + ++version), jar);
    }

    /** Makes them one after the other, up to the end of a round. */
    void rounds(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            do {
                makeNext();
            } while (next % changes.size() != 0);
        }
    }

    /** Makes the next one, and reloads. */
    void makeNext() throws IOException {
        Change change = changes.get(next++ % changes.size());
        change.writing.write();
        List<String> lines = reload(change.good)
                .lines()
                .filter(line -> line.startsWith("pipeline ") && !line.endsWith(": unchanged"))
                .toList();
        assertThat(lines).as(change.name).hasSameSizeAs(change.report);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).as(change.name).startsWith("pipeline " + change.report.get(i));
        }
        done.merge(change.name, 1, Integer::sum);
    }

    private String reload(boolean good) throws IOException {
        HttpResponse<String> report = Web.post(millrace.admin() + "/-/reload");
        assertThat(report.statusCode()).as(report.body()).isEqualTo(good ? 200 : 500);
        return report.body();
    }

    /** Has the pipeline that is called {@code old} or {@code new} change its name, and returns the one that it has then. */
    String renameAgain() throws IOException {
        boolean isOld = Files.exists(file("old"));
        String name = isOld ? "new" : "old";
        move(isOld ? "old" : "new", name);
        reload(true);
        return name;
    }
}
