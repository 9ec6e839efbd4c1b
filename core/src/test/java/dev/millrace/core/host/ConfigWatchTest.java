package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.config.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {
    @TempDir
    Path conf;

    private Map<Path, String> referred = Map.of();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(conf.resolve("pipelines"));
        Files.writeString(conf.resolve("pipelines/web.yaml"), "one");
    }

    @Test
    void aChangeCountsWhenTwoLooksAgree() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.writeString(conf.resolve("pipelines/web.yaml"), "two");
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isTrue();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void aFileInTheMiddleOfASaveIsLeftAlone() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.writeString(conf.resolve("pipelines/web.yaml"), "tw");
        assertThat(watch.changed()).isFalse();
        Files.writeString(conf.resolve("pipelines/web.yaml"), "two");
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void aTouchedFileIsNoChange() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.writeString(conf.resolve("pipelines/web.yaml"), "one");
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void whatEditorsLeaveBesideAFileIsNoChange() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        for (String name : List.of(".web.yaml.swp", "web.yaml~", "#web.yaml#", "4913", "sedA1b2C3", ".#more.yaml")) {
            Files.writeString(conf.resolve("pipelines").resolve(name), "one");
        }
        Files.createSymbolicLink(conf.resolve("pipelines/.#web.yaml"), Path.of("user@host.1234:1"));
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void whatAReloadTookIsNoChangeAndItsOppositeIsOne() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.writeString(conf.resolve("pipelines/web.yaml"), "two");
        watch.taken();
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
        Files.writeString(conf.resolve("pipelines/web.yaml"), "three");
        watch.taken();
        Files.writeString(conf.resolve("pipelines/web.yaml"), "two");
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void newAndDeletedFilesAreSeen() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.writeString(conf.resolve("pipelines/more.yaml"), "");
        watch.changed();
        assertThat(watch.changed()).isTrue();
        Files.delete(conf.resolve("pipelines/web.yaml"));
        watch.changed();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void aFolderSwappedByASymbolicLinkIsSeen() throws IOException {
        Path first = Files.createDirectories(conf.resolve("..data_1"));
        Path second = Files.createDirectories(conf.resolve("..data_2"));
        Files.writeString(first.resolve("web.yaml"), "one");
        Files.writeString(second.resolve("web.yaml"), "two");
        Path link = Files.createSymbolicLink(conf.resolve("..data"), first);
        Files.delete(conf.resolve("pipelines/web.yaml"));
        Files.createSymbolicLink(conf.resolve("pipelines/web.yaml"), link.resolve("web.yaml"));
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Files.delete(link);
        Files.createSymbolicLink(link, second);
        watch.changed();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void aFileThatAnotherRefersToIsWatchedFromTheMomentItWasRead() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Path password = Files.writeString(conf.resolve("password"), "old");
        referred = Map.of(password, FileContent.fingerprint(password));
        watch.changed();
        assertThat(watch.changed()).as("a new reference is no change").isFalse();
        Files.writeString(password, "new");
        watch.changed();
        assertThat(watch.changed()).isTrue();
        referred = Map.of();
        watch.changed();
        assertThat(watch.changed()).as("a reference that is gone is no change").isFalse();
    }

    @Test
    void aReferredFileThatChangedBeforeTheFirstLookIsSeen() throws IOException {
        ConfigWatch watch = new ConfigWatch(conf, () -> referred);
        Path password = Files.writeString(conf.resolve("password"), "old");
        referred = Map.of(password, FileContent.fingerprint(password));
        Files.delete(password);
        watch.changed();
        assertThat(watch.changed()).isTrue();
        assertThat(watch.changed()).isFalse();
    }
}
