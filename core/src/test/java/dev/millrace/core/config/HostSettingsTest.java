package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostSettingsTest {
    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private Optional<HostSettings> read(byte[] content) {
        try {
            Path file = Files.write(folder.resolve("millrace.yaml"), content);
            return HostSettings.read(file, Map.of("PORT", "9")::get, problems);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<HostSettings> read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> problems() {
        return problems.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void anEmptyFileMeansTheDefaults() {
        HostSettings settings = read("# Millrace\n").orElseThrow();
        assertThat(settings)
                .isEqualTo(new HostSettings(
                        new HostSettings.Admin("127.0.0.1:8686"),
                        new HostSettings.Plugins(
                                List.of(), Map.of(), HostSettings.Verify.PINNED, false, Optional.empty())));
        assertThat(settings.admin().socketAddress()).isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 8686));
    }

    @Test
    void readsWhatIsGiven() {
        HostSettings settings = read("\uFEFFAdmin: {Address: '[::1]:${env:PORT}'}\nPlugins: {Folders: [more]}\n")
                .orElseThrow();
        assertThat(settings.admin().socketAddress()).isEqualTo(InetSocketAddress.createUnresolved("::1", 9));
        assertThat(settings.plugins().folders()).containsExactly("more");
    }

    @Test
    void reportsWhatIsWrong() {
        assertThat(read("Admin: {Address: 8686}\nPlugin: {}\n")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "millrace.yaml:1:9: Admin.Address: '8686' (expected: host:port, such as 127.0.0.1:8686 or"
                                + " [::1]:8686)",
                        "millrace.yaml:2:1: unknown key 'Plugin'; did you mean 'Plugins'?");
    }

    @Test
    void reportsFilesThatAreNoSettings() throws IOException {
        assertThat(read("- a\n")).isEmpty();
        assertThat(read(new byte[] {'a', ':', '\n', ' ', (byte) 0xff})).isEmpty();
        Path none = folder.resolve("none.yaml");
        assertThat(HostSettings.read(none, name -> null, problems)).isEmpty();
        Path folderInstead = Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(HostSettings.read(folderInstead, name -> null, problems)).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "folder.yaml: not a file (expected: a file)",
                        "millrace.yaml:1:1: a list (expected: a mapping of keys)",
                        "millrace.yaml:2:2: a byte that is not UTF-8 (expected: UTF-8)",
                        "none.yaml: no such file; create it, or correct the path");
    }
}
