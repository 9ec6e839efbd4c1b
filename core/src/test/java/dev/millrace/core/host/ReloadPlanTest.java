package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.config.Effective;
import dev.millrace.core.config.Origin;
import dev.millrace.core.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload would do is said before it is done. */
final class ReloadPlanTest {
    @TempDir
    Path root;

    private TestHost host;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(root);
        host.plugins.away.add("web/flusher_kept/late");
        host.write("web", "", "flusher_kept", "flusher_kept/late");
        host.reload();
        assertThat(host.plugins.push("web", 1).get(10, TimeUnit.SECONDS)).isEmpty();
        host.awaitKept("web/flusher_kept", 1.0);
        host.plugins.calls.clear();
    }

    @AfterEach
    void stop() {
        assertThat(host.plugins.calls).as("a plan changes nothing").isEmpty();
        host.close();
    }

    @Test
    void whatIsNewAndWhatIsAsItWas() throws Exception {
        host.write("more", "", "flusher_kept");
        host.write("off", "enable: false\ninputs:\n  - {Type: input_hand}\nflushers:\n  - {Type: flusher_kept}\n");
        assertThat(plan())
                .isEqualTo(new Report(
                        true,
                        "pipeline more: starts\npipeline off: not run: enable: false\npipeline web: unchanged\n"));
    }

    @Test
    void whatBeginsAnewIsAddedAndGoes() throws Exception {
        host.write("web", ", Tag: changed", "flusher_kept", "flusher_kept/late, MaxBytes: 1MiB", "flusher_kept/third");
        assertThat(plan().text())
                .matches(
                        "pipeline web: changes: input_hand begins anew; flusher_kept/late begins anew, over its backlog"
                                + " of \\d+ B; flusher_kept/third is new\n");
        host.write("web", "", "flusher_kept");
        assertThat(plan().text())
                .matches(
                        "pipeline web: changes: flusher_kept/late goes, and its backlog of \\d+ B is kept in orphaned/\n");
        host.write("web", "", "flusher_kept/late", "flusher_kept");
        assertThat(plan().text()).isEqualTo("pipeline web: changes: the order of its components\n");
    }

    @Test
    void changedSettingsConcernAllOfIt() throws Exception {
        host.write("web", """
                global: {Durability: write}
                inputs:
                  - {Type: input_hand}
                flushers:
                  - {Type: flusher_kept}
                  - {Type: flusher_kept/late}
                """);
        assertThat(plan().text())
                .startsWith("pipeline web: changes: its settings under 'global', so that all of it begins anew and its"
                        + " journal is opened again; input_hand begins anew; flusher_kept begins anew, over its backlog of"
                        + " 0 B; flusher_kept/late begins anew");
    }

    @Test
    void aRenamedPipelineSaysWhatBecomesOfItsBacklog() throws Exception {
        Files.move(host.file("web"), host.file("shop"));
        assertThat(plan().text())
                .matches("pipeline shop: starts\n"
                        + "pipeline web: stops: its file is gone; \\d+ B wait in its journal, which is kept, and delivered"
                        + " when a file web.yaml is back; shop.yaml has the same content: if you renamed it, know that shop"
                        + " begins with a journal of its own; to keep what waits, rename the folder pipelines/web of the"
                        + " data folder as well, while the collector is stopped\n");
    }

    @Test
    void aFileWithProblemsChangesNothing() throws Exception {
        host.write("web", "flushers: 1\n");
        host.write("bad", "flushers: 1\n");
        Report plan = plan();
        assertThat(plan.ok()).isFalse();
        assertThat(plan.text()).startsWith("""
                        pipeline bad: does not run: its file has problems
                        pipeline web: goes on as it is: its file has problems
                        """).contains("web.yaml:1:11: flushers: ");
    }

    @Test
    void inWhatTheFilesDifferFromWhatRuns() throws Exception {
        assertThat(differences()).isEqualTo(new Report(true, ""));
        host.write("web", ", Path: '/push'", "flusher_kept", "flusher_kept/late");
        assertThat(differences()).isEqualTo(new Report(true, ""));
        host.write("more", "", "flusher_kept");
        host.write("web", ", Tag: changed", "flusher_kept", "flusher_kept/late");
        assertThat(differences())
                .isEqualTo(new Report(
                        true,
                        "pipeline more: starts\npipeline web: changes: input_hand begins anew\n"
                                + "  ~ input_hand.Tag: '' -> changed  # " + host.file("web") + ":2\n"));
        Files.delete(host.file("more"));
        Files.delete(host.file("web"));
        assertThat(differences().text()).startsWith("pipeline web: stops: its file is gone; ");
        assertThat(host.pipelines.effective(new Effective.Mapping(Map.of(), Origin.DEFAULT)))
                .startsWith("--- # millrace.yaml\n{}\n--- # pipeline web\nenable: true ")
                .contains("  - Type: flusher_kept/late ");
    }

    private Report differences() {
        return host.pipelines
                .preview()
                .differences(
                        Compared.folder(root.resolve("conf")),
                        new Taken(host.plugins, List.of()),
                        new Problems(),
                        new Differences());
    }

    private Report plan() {
        return host.pipelines.preview().plan(new Taken(host.plugins, List.of()), new Problems());
    }
}
