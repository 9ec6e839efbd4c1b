package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.plugin.FixturePlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostStartTest {
    @TempDir
    Path root;

    @Test
    void aPluginThatACommandHadSetAsideWhenItWasKilledIsThereAgain() throws Exception {
        Files.createDirectories(root.resolve("conf/pipelines"));
        Files.writeString(root.resolve("conf/millrace.yaml"), "Admin: {Address: '127.0.0.1:0'}\n");
        Path plugins = Files.createDirectory(root.resolve("plugins"));
        Path aside = plugins.resolve(".flusher_x.jar.old");
        FixturePlugin.named("flusher_x").writeTo(aside);
        Host.start(new Folders(root.resolve("conf"), root.resolve("data"), List.of(plugins)))
                .close();
        assertThat(plugins.resolve("flusher_x.jar")).isRegularFile();
        assertThat(aside).doesNotExist();
    }
}
