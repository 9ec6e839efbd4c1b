package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.millrace.core.cli.CommandRun;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.Problems;
import dev.millrace.core.message.Message;
import dev.millrace.core.plugin.PluginLoader;
import dev.millrace.core.plugin.PluginMessage;
import dev.millrace.core.plugin.PluginSources;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each message that can be made has a golden file in {@code messages/ENUM/CODE.txt}, which provokes it and shows how {@code
 * validate} prints it. With {@code -Dmillrace.golden=write} the lines that are expected are written anew, to be read.
 */
final class MessagesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/messages");
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));

    @TempDir
    static Path standard;

    @TempDir
    Path root;

    @BeforeAll
    static void writePlugins() throws IOException {
        GoldenPlugins.write(standard);
    }

    static List<Message> messages() {
        return new ClassFileImporter()
                .importPackages("dev.millrace.core").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(Message.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Stream.of(type.getEnumConstants()))
                        .map(Message.class::cast)
                        .toList();
    }

    private static Path golden(Message message) {
        return GOLDEN.resolve(message.getClass().getSimpleName()).resolve(message.code() + ".txt");
    }

    @Test
    void eachGoldenFileIsThatOfAMessage() throws IOException {
        Set<Path> expected =
                messages().stream().map(MessagesTest::golden).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isPrintedAsItsGoldenFileSays(Message message) throws Exception {
        Path file = golden(message);
        assertThat(file).isRegularFile();
        GoldenCase golden = GoldenCase.read(file);
        golden.write(root);
        assumeFalse(
                golden.sections().keySet().stream()
                        .anyMatch(header -> header.startsWith("unreadable ")
                                && Files.isReadable(root.resolve(header.substring(11)))),
                "root may read everything");
        String printed = GoldenCase.normal(printed(message, golden), root);
        if (WRITE) {
            String text = Files.readString(file);
            Files.writeString(file, text.substring(0, text.indexOf("=== expected\n")) + "=== expected\n" + printed);
        } else {
            assertThat(printed).isEqualTo(golden.expected());
        }
        assertThat(printed).containsPattern(form(message));
    }

    /** What {@code validate} prints; where a case goes on with {@code then}, what a reload finds of it. */
    private String printed(Message message, GoldenCase golden) throws Exception {
        String command = golden.sections().get("then command");
        if (command != null) {
            String answer = golden.sections().getOrDefault("then answer", "");
            return new CommandRun(root, command.strip(), answer).errors();
        }
        if (golden.sections().containsKey("then start")) {
            return started(golden.sections().get("then start").strip());
        }
        String settings = golden.sections().get("then conf/millrace.yaml");
        if (settings != null) {
            return reloaded(settings);
        }
        if (golden.sections().containsKey("then absent plugins")) {
            return withoutFolder(message);
        }
        List<Path> plugins = message instanceof PluginMessage
                ? List.of(root.resolve("plugins"))
                : List.of(standard, root.resolve("plugins"));
        Validation validation = Validation.of(new Folders(root.resolve("conf"), root.resolve("data"), plugins));
        return Stream.concat(
                        validation.notices().stream().map(notice -> "note: " + notice), validation.problems().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** What a start says that fails: {@code again}: a second one, {@code admin}: that of the admin endpoint alone. */
    private String started(String how) throws Exception {
        Folders folders = new Folders(root.resolve("conf"), root.resolve("data"), List.of());
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);
        try (Transport transport = Transport.start(workers)) {
            if (how.isEmpty()) {
                Host.start(folders).close();
            }
            try (DataFolder data = DataFolder.open(folders.data());
                    AdminEndpoint admin = new AdminEndpoint(transport, data)) {
                if (how.equals("again")) {
                    Host.start(folders).close();
                }
                HostFile file = HostFile.read(folders.conf().resolve("millrace.yaml"), System::getenv, new Problems())
                        .orElseThrow();
                Host.startAdmin(
                        admin,
                        file.settings(),
                        request -> CompletableFuture.completedStage(HttpResponse.text(200, "")));
            }
            return "it starts";
        } catch (StartException e) {
            return e.getMessage() + "\n";
        } finally {
            workers.shutdownNow();
        }
    }

    private String reloaded(String settings) throws Exception {
        Path file = root.resolve("conf/millrace.yaml");
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);
        try (Transport transport = Transport.start(workers);
                DataFolder data = DataFolder.open(root.resolve("data"));
                AdminEndpoint admin = new AdminEndpoint(transport, data)) {
            HostFile before =
                    HostFile.read(file, System::getenv, new Problems()).orElseThrow();
            admin.start(
                    before.settings().admin(), request -> CompletableFuture.completedStage(HttpResponse.text(200, "")));
            Files.writeString(file, settings);
            Problems problems = new Problems();
            new SettingsFile(file, before, admin).take(problems);
            return problems.toString();
        } finally {
            workers.shutdownNow();
        }
    }

    private String withoutFolder(Message message) throws Exception {
        Path folder = root.resolve("plugins");
        Files.copy(standard.resolve("input_mock.jar"), folder.resolve("input_mock.jar"));
        PluginSources sources = PluginSources.of(List.of(folder));
        try (PluginLoader loader = new PluginLoader(root.resolve("copies"), Plugins.CALLS)) {
            assertThat(loader.load(sources).problems()).isEmpty();
            Files.move(folder, root.resolve("elsewhere"));
            return loader.load(sources).problems().stream()
                    .filter(problem -> problem.wording().message() == message)
                    .map(problem -> problem + "\n")
                    .collect(Collectors.joining());
        }
    }

    private static Pattern form(Message message) {
        return Pattern.compile(Stream.of(message.template().text().split("\\{[a-zA-Z]+}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".+")));
    }
}
