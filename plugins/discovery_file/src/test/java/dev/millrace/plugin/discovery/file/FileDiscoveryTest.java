package dev.millrace.plugin.discovery.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileDiscoveryTest {
    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final CountedMetrics metrics = new CountedMetrics();
    private final List<String> troubles = new ArrayList<>();
    private final List<List<TargetGroup>> found = new ArrayList<>();

    @TempDir
    Path folder;

    private void start(String... files) {
        List<Path> paths = Arrays.stream(files).map(folder::resolve).toList();
        FileDiscoveryOptions options = new FileDiscoveryOptions(paths, Duration.ofMinutes(5));
        new FileDiscovery(options, new BareContext("discovery_file") {
                    @Override
                    public Clock clock() {
                        return scheduler.clock();
                    }

                    @Override
                    public ScheduledExecutorService scheduler() {
                        return scheduler;
                    }

                    @Override
                    public Metrics metrics() {
                        return metrics;
                    }

                    @Override
                    public void reportTrouble(String message) {
                        troubles.add(message.replace(folder + "/", ""));
                    }

                    @Override
                    public void reportRecovery() {
                        troubles.add("over");
                    }
                })
                .start(found::add);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void seconds(int count) {
        scheduler.advance(Duration.ofSeconds(count));
    }

    private List<String> addresses() {
        return found.get(found.size() - 1).stream()
                .flatMap(group -> group.targets().stream())
                .map(target -> target.get("__address__"))
                .toList();
    }

    @Test
    void readsAllFilesThatMatch() throws IOException {
        write("a.yaml", "[{targets: [a:1], labels: {env: prod}}]");
        write("b.json", "[{\"targets\": [\"b:1\"]}]");
        write("web-1.yml", "[{targets: [w:1]}]");
        write("web-2.yml", "[{targets: [w:2]}]");
        write("web-2.txt", "nothing");
        write("db-1.yml", "[{targets: [d:1]}]");

        start("a.yaml", "b.json", "web-*.yml");

        assertThat(found).hasSize(1);
        assertThat(addresses()).containsExactly("a:1", "b:1", "w:1", "w:2");
        assertThat(found.get(0).get(0).labels())
                .containsEntry("env", "prod")
                .containsEntry("__meta_filepath", folder.resolve("a.yaml").toString());
        assertThat(troubles).isEmpty();
    }

    @Test
    void seesAChangeWithinTwoSeconds() throws IOException {
        write("a.yaml", "[{targets: [a:1]}]");
        write("b.yaml", "[{targets: [b:1]}]");
        start("*.yaml");

        write("a.yaml", "[{targets: [a:22]}]");
        write("c.yaml", "[{targets: [c:1]}]");
        seconds(2);

        assertThat(addresses()).containsExactly("a:22", "b:1", "c:1");
        assertThat(found.get(found.size() - 1)).contains(found.get(0).get(1));
        assertThat(found.get(found.size() - 1).get(1)).isSameAs(found.get(0).get(1));
        int before = found.size();
        seconds(1000);
        assertThat(found).hasSize(before);
    }

    @Test
    void seesALinkThatIsSwapped() throws IOException {
        write("one.yaml", "[{targets: [a:1]}]");
        write("two.yaml", "[{targets: [a:2]}]");
        FileTime time = FileTime.from(Instant.ofEpochSecond(1_600_000_000));
        Files.setLastModifiedTime(folder.resolve("one.yaml"), time);
        Files.setLastModifiedTime(folder.resolve("two.yaml"), time);
        Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("one.yaml"));
        start("link.yaml");
        assertThat(addresses()).containsExactly("a:1");

        Files.createSymbolicLink(folder.resolve("next"), Path.of("two.yaml"));
        Files.move(folder.resolve("next"), folder.resolve("link.yaml"), StandardCopyOption.ATOMIC_MOVE);
        seconds(2);

        assertThat(addresses()).containsExactly("a:2");
    }

    @Test
    void aBrokenFileKeepsItsTargets() throws IOException {
        write("a.yaml", "[{targets: [a:1]}]");
        write("b.yaml", "[{targets: [b:1]}]");
        start("*.yaml");

        write("a.yaml", "[{targets: [a:1");
        write("b.yaml", "[{targets: [b:22]}]");
        seconds(10);
        assertThat(addresses()).containsExactly("a:1", "b:22");
        assertThat(troubles).last().asString().startsWith("a.yaml: line 1, column ");
        assertThat(metrics.counters).containsEntry("prometheus_sd_file_read_errors_total[]", 1L);

        write("a.yaml", "[{targets: [a:333]}]");
        seconds(2);
        assertThat(addresses()).containsExactly("a:333", "b:22");
        assertThat(troubles).last().isEqualTo("over");
    }

    @Test
    void targetsOfAFileThatIsGoneAreGone() throws IOException {
        write("a.yaml", "[{targets: [a:1]}]");
        write("b.yaml", "[{targets: [b:1]}]");
        start("a.yaml", "b.yaml");

        Files.delete(folder.resolve("a.yaml"));
        seconds(1);
        assertThat(addresses()).as("it may be about to be replaced").containsExactly("a:1", "b:1");
        seconds(1);

        assertThat(addresses()).containsExactly("b:1");
        assertThat(troubles).last().isEqualTo("a.yaml: no such file");
    }

    @Test
    void tellsThatThereIsNothing() {
        start("none/*.yaml");
        assertThat(found).containsExactly(List.of());
        assertThat(troubles).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"targets.txt", "a*/b.yaml", "a**.yaml", "*", "yaml"})
    void refusesWhatIsNoPathOfSuchFiles(String path) {
        assertThatThrownBy(() -> new FileDiscoveryOptions(List.of(Path.of(path)), Duration.ofMinutes(5)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        "'" + path + "' (expected: a path that ends in .json, .yaml or .yml, and has at most one '*',"
                                + " in its last part)");
    }
}
