package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that leaves something behind is named a minute after it was replaced, with what holds it; nothing else is. */
@Tag("servers")
final class PluginLeakIT {
    private static final String LEAKING = """
            inputs: [{Type: metric_mock}]
            processors: [{Type: processor_leaky}]
            flushers: [{Type: flusher_stdout}]
            """;

    @TempDir
    Path folder;

    @Test
    void theWarningNamesThePluginAndWhatHoldsIt() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        JavaPlugin.install("processor_leaky", "LeakyFactory", "", folder.resolve("leaky"), home);
        Path leaky = home.resolve("plugins/processor_leaky.jar");
        Path stdout = home.resolve("plugins/flusher_stdout.jar");
        try (Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of("MILLRACE_CLASS_SHARING", "off"))
                .pipeline("leaking", LEAKING)) {
            millrace.start();
            PluginJar.write(leaky, Map.of("Plugin-Version", "1.0.1"), leaky);
            PluginJar.write(stdout, Map.of("Plugin-Version", "0.1.1"), stdout);
            assertThat(Web.post(millrace.admin() + "/-/reload").body()).isEqualTo("pipeline leaking: changed\n");

            Await.until(
                    "one of the two is taken for leaked",
                    Duration.ofMinutes(2),
                    () -> millrace.metrics().sum("millrace_plugins", "state", "leaked") == 1,
                    () -> String.join("\n", millrace.lines()));
            assertThat(millrace.metrics().sum("millrace_plugins", "state", "unloading"))
                    .isZero();
            assertThat(LogLine.complaints(millrace.lines()))
                    .containsExactly(
                            "plugin processor_leaky 1.0.0 was replaced 60 s ago and is still in the memory: the"
                                    + " shutdown hook 'farewell of processor_leaky' is registered; its stop() has to end that");
            double delivered = millrace.metrics().sum("millrace_flusher_delivered_items_total");
            Await.until(
                    "delivery goes on",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().sum("millrace_flusher_delivered_items_total") > delivered);
            assertThat(millrace.stop()).isZero();
        }
    }
}
