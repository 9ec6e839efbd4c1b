package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinderTest {
    enum Mode {
        DROP_OLDEST,
        REFUSE
    }

    record All(
            String text,
            boolean flag,
            int count,
            long size,
            double ratio,
            Mode mode,
            Duration time,
            ByteSize bytes,
            Secret secret,
            @Key(value = "Protocols", aliases = "Protocals") List<String> protocols,
            Map<String, Integer> map,
            Optional<Integer> timeoutSec,
            Inner inner,
            @Inline Beside beside,
            List<Inner> inners) {}

    record Inner(@Default("5") int port, List<List<String>> lists) {}

    @SnakeCase
    record Beside(@Default("[a, b]") List<String> someNames, Optional<Boolean> isOn) {}

    record Required(String name, @Default("refuse") Mode mode, Need need) {
        record Need(Secret key) {}
    }

    record Picky(
            @Default("1") int low,
            @Default("2") int high,
            @Default("") String text) {
        Picky {
            if (low < 0) {
                throw new InvalidOptionException("low", low + " (expected: >= 0)");
            }
            if (low > high) {
                throw new IllegalArgumentException("Low: " + low + " (expected: at most High)");
            }
            if (text.length() > 3) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    record Strict(@Default("1") int low, @Default("2") int high, Optional<String> word, String needed)
            implements Faults {
        Strict {
            check("low", low > 0);
            check("high", high > 1);
            check("word", !word.equals(Optional.of("wrong")));
            check("needed", !needed.isEmpty());
        }

        private static void check(String component, boolean right) {
            if (!right) {
                throw new InvalidOptionException(component, "it is wrong");
            }
        }

        @Override
        public List<Fault> faults() {
            return needed.equals("absent") ? List.of(new Fault("needed", "it is not there yet")) : List.of();
        }
    }

    private final Problems problems = new Problems();

    private <R extends Record> R bind(Class<R> type, String yaml) {
        Node node = YamlText.parse("f.yaml", yaml, null, problems);
        Node.Mapping mapping = node instanceof Node.Mapping found ? found : Node.Mapping.empty(node.location());
        return new Binder(problems, ReferenceResolver.NONE).bind(OptionsType.of(type), mapping, OptionPath.ROOT);
    }

    private List<String> problems() {
        return problems.problems().stream().map(Problem::toString).toList();
    }

    @SnakeCase
    record Foreign(
            @Default("1") int port, @Doc("it is not shown") Ignored color) {}

    record Documents(Optional<Document<Foreign>> yaml, Optional<DocumentFile<Foreign>> file) {}

    @Test
    void bindsTextsAndFilesThatAreYaml(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("foreign.yml");
        java.nio.file.Files.writeString(file, "port: 7\ncolor: [1, {a: b}]\n");
        Documents all = bind(Documents.class, "Yaml: |\n  port: ${1}7\n".replace("${1}", "") + "File: " + file);

        assertThat(all.yaml().orElseThrow().content()).isEqualTo(new Foreign(7, new Ignored()));
        assertThat(all.file().orElseThrow().content()).isEqualTo(new Foreign(7, new Ignored()));
        assertThat(problems()).isEmpty();
        assertThat(problems.referred()).containsEntry(file, FileContent.fingerprint(file));
        assertThat(problems.notices().toString())
                .startsWith("[" + file + ":2:1: color: has no effect: it is not shown");
        assertThat(bind(Documents.class, "Yaml: ''")
                        .yaml()
                        .orElseThrow()
                        .content()
                        .port())
                .isEqualTo(1);
    }

    @Test
    void saysWhereADocumentIsWrong(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("foreign.yml");
        java.nio.file.Files.writeString(file, "prt: 7\n");
        bind(Documents.class, "Yaml: |\n  color: 1\n  port: x\nFile: " + file);
        bind(Documents.class, "Yaml: 'a: ['\nFile: " + folder.resolve("none"));
        bind(Documents.class, "Yaml: [1]\nFile: {color: 1, prt: 2}");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "f.yaml (Yaml):2:7: port: 'x' (expected: a whole number)",
                        file + ":1:1: unknown key 'prt'; did you mean 'port'?",
                        "f.yaml (Yaml):1:5: expected the node content, but found '<stream end>' (while parsing a flow node that begins at 1:5)",
                        folder.resolve("none") + ": no such file; create it, or correct the path",
                        "f.yaml:1:7: Yaml: a list (expected: a text of YAML, or what it says)",
                        "f.yaml:2:18: File: unknown key 'prt'; did you mean 'port'?");
    }

    @Test
    void bindsEveryType() {
        All all = bind(All.class, """
                Text: 12:30
                Flag: true
                Count: -7
                Size: 123456789012
                Ratio: 1e-3
                Mode: drop_oldest
                Time: 1d2h
                Bytes: 64KiB
                Secret: s
                Protocals: [yes, 'no']
                Map: {z: 1, a: 2}
                TimeoutSec: 10
                Inner: {Lists: [[a], [], ]}
                some_names: []
                is_on: false
                Inners: [{Port: 1}, ]
                """);

        assertThat(problems()).isEmpty();
        assertThat(all)
                .isEqualTo(new All(
                        "12:30",
                        true,
                        -7,
                        123456789012L,
                        0.001,
                        Mode.DROP_OLDEST,
                        Duration.ofHours(26),
                        new ByteSize(65536),
                        new Secret("s"),
                        List.of("yes", "no"),
                        Map.of("z", 1, "a", 2),
                        Optional.of(10),
                        new Inner(5, List.of(List.of("a"), List.of())),
                        new Beside(List.of(), Optional.of(false)),
                        List.of(new Inner(1, List.of()))));
        assertThat(all.map().keySet()).containsExactly("z", "a");
    }

    @Test
    void takesDefaultsAndWhatIsEmpty() {
        assertThat(bind(Inner.class, "Lists:")).isEqualTo(new Inner(5, List.of()));
        assertThat(bind(Beside.class, "is_on: ~")).isEqualTo(new Beside(List.of("a", "b"), Optional.empty()));
        assertThat(problems()).isEmpty();
    }

    @Test
    void showsValueAndExpectation() {
        assertThat(bind(All.class, """
                Text: [a]
                Flag: yes
                Count: 99999999999
                Size: 64KiB
                Ratio: NaN
                Mode: dropoldest
                Time: 10
                Bytes: 4
                Secret: {a: hush}
                Protocols: a
                Map: {a: b}
                TimeoutSec: 10s
                Inner: [a]
                Inners: [{Port: }, {Prot: 1}, 3]
                """)).isNull();

        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:7: Text: a list (expected: a text)",
                        "f.yaml:2:7: Flag: 'yes' (expected: true or false)",
                        "f.yaml:3:8: Count: '99999999999' (expected: -2147483648 to 2147483647)",
                        "f.yaml:4:7: Size: '64KiB' (expected: a whole number)",
                        "f.yaml:5:8: Ratio: 'NaN' (expected: a number such as 0.5)",
                        "f.yaml:6:7: Mode: 'dropoldest'; did you mean 'drop_oldest'?",
                        "f.yaml:7:7: Time: '10' has no unit (expected: 10s or 10ms)",
                        "f.yaml:8:8: Bytes: '4' has no unit (expected: 4B or 4KiB)",
                        "f.yaml:9:9: Secret: a mapping (expected: a text)",
                        "f.yaml:10:12: Protocols: a text (expected: a list)",
                        "f.yaml:11:10: Map.a: 'b' (expected: a whole number)",
                        "f.yaml:12:13: TimeoutSec: '10s' (expected: a whole number of seconds)",
                        "f.yaml:13:8: Inner: a list (expected: a mapping of keys)",
                        "f.yaml:14:16: Inners[0].Port: no value (expected: a whole number)",
                        "f.yaml:14:21: Inners[1]: unknown key 'Prot'; did you mean 'Port'?",
                        "f.yaml:14:31: Inners[2]: a text (expected: a mapping of keys)");
    }

    @Test
    void reportsWhatIsMissing() {
        assertThat(bind(Required.class, "Mode: quit")).isNull();
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:1: missing required key 'Name'",
                        "f.yaml:1:1: missing required key 'Need'",
                        "f.yaml:1:7: Mode: 'quit' (expected one of: drop_oldest, refuse)");
    }

    @Test
    void aMistypedKeyIsNotMissingAsWell() {
        assertThat(bind(Required.class, "Nam: a\nNeed: {Kye: hush}")).isNull();
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:1: unknown key 'Nam'; did you mean 'Name'?",
                        "f.yaml:2:8: Need: unknown key 'Kye'; did you mean 'Key'?");
    }

    @Test
    void refusesAKeyBesideItsAlias() {
        bind(All.class, "Protocols: []\nProtocals: []");
        assertThat(problems())
                .contains("f.yaml:2:1: 'Protocols' and 'Protocals' are the same option; keep one of them");
    }

    @Test
    void placesWhatConstructorsSay() {
        assertThat(bind(Picky.class, "High: 3\nLow: -1")).isNull();
        assertThat(bind(Picky.class, "High: 0")).isNull();
        assertThat(bind(Picky.class, "Text: long")).isNull();
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:1: Low: 1 (expected: at most High)",
                        "f.yaml:1:1: the plugin failed in dev.millrace.core.config.BinderTest$Picky:"
                                + " java.lang.IllegalStateException: a bug",
                        "f.yaml:2:1: Low: -1 (expected: >= 0)");
    }

    /* Whoever asks it, runs code of the plugin again. */
    private static final class Speechless extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("it cannot be asked");
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    record Hostile(@Default("") String text) {
        Hostile {
            if (!text.isEmpty()) {
                throw new Speechless();
            }
        }
    }

    @Test
    void reportsWhatCannotBeAskedWhatItIs() {
        bind(Hostile.class, "Text: a");
        assertThat(problems())
                .containsExactly("f.yaml:1:1: the plugin failed in " + Hostile.class.getName() + ": "
                        + Speechless.class.getName());
    }

    @Test
    void neverShowsASecret() {
        record Hidden(Secret secret, Map<String, Secret> more) {}
        Hidden hidden = bind(Hidden.class, "Secret: hush\nMore: {a: hush}");
        bind(Hidden.class, "Secret: [hush]\nMore: {a: [hush], b: }");
        assertThat(hidden.secret().reveal()).isEqualTo("hush");
        assertThat(hidden.toString() + problems()).doesNotContain("hush");
        assertThat(problems()).hasSize(3);
    }

    record Files(Path file, @Default("standard.pem") Path other) {}

    @Test
    void relativePathsStartAtTheFolderOfTheFile() {
        Node.Mapping mapping =
                (Node.Mapping) YamlText.parse("conf/pipelines/web.yaml", "File: tls/ca.pem", null, problems);

        Files files = new Binder(problems, ReferenceResolver.NONE)
                .bind(OptionsType.of(Files.class), mapping, OptionPath.ROOT);

        assertThat(files)
                .isEqualTo(new Files(Path.of("conf/pipelines/tls/ca.pem"), Path.of("conf/pipelines/standard.pem")));
        assertThat(bind(Files.class, "File: /etc/ca.pem").file()).isEqualTo(Path.of("/etc/ca.pem"));
        assertThat(bind(Files.class, "File: ''")).isNull();
        assertThat(problems()).containsExactly("f.yaml:1:7: File: '' (expected: the path of a file)");
    }

    record OfMode(Mode mode) {}

    @Test
    void takesAConstantInAnyCase() {
        assertThat(bind(OfMode.class, "Mode: Drop_Oldest").mode()).isEqualTo(Mode.DROP_OLDEST);
    }

    record Encrypted(Optional<TlsSettings> tls) {}

    @Test
    void looksAtTheFilesOfTlsSettingsAndNotesWhichItWaitsFor() {
        assertThat(bind(Encrypted.class, "Tls:\n  ServerName: a\n  CaFile: /nowhere/ca.pem\n"))
                .isNull();
        assertThat(problems()).containsExactly("f.yaml:3:3: Tls.CaFile: /nowhere/ca.pem: no such file");
        assertThat(problems.referred()).containsOnlyKeys(Path.of("/nowhere/ca.pem"));
    }

    @Test
    void aValueOfAWrongTypeHidesNoOther() {
        assertThat(bind(Strict.class, "Low: many\nHigh: 0\nNeeded: ''\n")).isNull();
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:6: Low: 'many' (expected: a whole number)",
                        "f.yaml:2:1: High: it is wrong",
                        "f.yaml:3:1: Needed: it is wrong");
    }

    @Test
    void namesEachWrongValueOfARecord() {
        assertThat(bind(Strict.class, "Low: 0\nHigh: 0\nWord: wrong\nNeeded: ''\n"))
                .isNull();
        assertThat(problems())
                .containsExactly(
                        "f.yaml:1:1: Low: it is wrong",
                        "f.yaml:2:1: High: it is wrong",
                        "f.yaml:3:1: Word: it is wrong",
                        "f.yaml:4:1: Needed: it is wrong");
    }

    @Test
    void namesAFaultAtItsKeyAndMakesTheRecord() {
        assertThat(bind(Strict.class, "Needed: absent\n")).isNotNull();
        assertThat(problems()).isEmpty();
        assertThat(problems.faults())
                .extracting(Problem::toString)
                .containsExactly("f.yaml:1:1: Needed: it is not there yet");
    }
}
