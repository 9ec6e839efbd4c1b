package dev.millrace.plugin.lib.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.spi.http.HttpConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class SecretFileTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(SecretFile.class)).setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger(SecretFile.class)).addAppender(log);
    }

    @AfterEach
    void silence() {
        ((Logger) LoggerFactory.getLogger(SecretFile.class)).detachAppender(log);
        ((Logger) LoggerFactory.getLogger(SecretFile.class)).setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({"'s3cret', s3cret", "'s3cret\n', s3cret", "'s3cret\r\n', s3cret", "' pässwörd ', ' pässwörd '"})
    void isTheContentWithoutTheLinesEndBehindIt(String content, String text) throws Exception {
        SecretFile file = file(content);

        assertThat(file.refresh()).isTrue();

        assertThat(file.get()).isEqualTo(text);
        assertThat(file.refresh()).isFalse();
    }

    @Test
    void seesAChangeThatKeepsSizeAndTime() throws Exception {
        SecretFile file = file("first");
        file.refresh();
        var time = Files.getLastModifiedTime(folder.resolve("secret"));
        Files.writeString(folder.resolve("secret"), "other");
        Files.setLastModifiedTime(folder.resolve("secret"), time);

        assertThat(file.refresh()).isTrue();

        assertThat(file.get()).isEqualTo("other");
    }

    /** As Kubernetes does it: {@code secret -> ..data/secret}, {@code ..data -> ..2026_1}. */
    @Test
    void seesASwapOfTheFolderThatALinkLeadsTo() throws Exception {
        Path first = Files.createDirectory(folder.resolve("..2026_1"));
        Path second = Files.createDirectory(folder.resolve("..2026_2"));
        Files.writeString(first.resolve("secret"), "first");
        Files.writeString(second.resolve("secret"), "second");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first);
        Path link = Files.createSymbolicLink(folder.resolve("secret"), Path.of("..data", "secret"));
        SecretFile file = new SecretFile("PasswordFile", link, TextForm.LINE);
        file.refresh();

        Path swap = Files.createSymbolicLink(folder.resolve("..data_tmp"), second);
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(file.refresh()).isTrue();
        assertThat(file.get()).isEqualTo("second");
    }

    @Test
    void keepsTheLastTextWhileTheFileIsGoneAndSaysSoOnce() throws Exception {
        SecretFile file = file("good");
        file.refresh();
        Files.delete(folder.resolve("secret"));

        assertThat(file.refresh()).isFalse();
        assertThat(file.refresh()).isFalse();

        assertThat(file.get()).isEqualTo("good");
        assertThat(lines())
                .containsExactly("PasswordFile: no such file: " + folder.resolve("secret") + "; the last text stays");
        Files.writeString(folder.resolve("secret"), "good");
        assertThat(file.refresh()).isFalse();
        assertThat(lines()).hasSize(2).last().asString().endsWith("can be used again");
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "'\n', is empty", "'hunter2\nhunter3\n', a control character"})
    void doesNotUseWhatCannotBeASecretAndDoesNotRepeatIt(String content, String problem) throws Exception {
        SecretFile file = file(content);

        assertThat(file.refresh()).isFalse();

        assertThatThrownBy(file::get)
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(folder.toString())
                .hasMessageNotContaining("hunter");
        assertThat(lines()).hasSize(1).allSatisfy(line -> assertThat(line).doesNotContain("hunter"));
    }

    @Test
    void doesNotUseOtherBytesThanUtf8() throws Exception {
        Files.write(folder.resolve("secret"), "ä".getBytes(StandardCharsets.ISO_8859_1));
        SecretFile file = new SecretFile("PasswordFile", folder.resolve("secret"), TextForm.LINE);

        assertThat(file.refresh()).isFalse();

        assertThatThrownBy(file::get).hasMessageEndingWith("is not UTF-8");
    }

    private SecretFile file(String content) throws IOException {
        return new SecretFile("PasswordFile", Files.writeString(folder.resolve("secret"), content), TextForm.LINE);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
