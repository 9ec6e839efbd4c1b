package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/millrace} finds its folder and a Java, and becomes the collector. */
final class LauncherIT {
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    Path folder;

    @Test
    void symbolicLinksLeadHome() throws IOException {
        Path one = Files.createSymbolicLink(folder.resolve("one"), Millrace.HOME.resolve("bin/millrace"));
        Path two = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertThat(Commands.run(Map.of(), List.of(one.toString(), "version")).exitCode())
                .isZero();
        assertThat(Commands.run(Map.of(), List.of(two.toString(), "version")).exitCode())
                .isZero();
    }

    @Test
    void aFolderWithSpacesIsFine() throws IOException {
        Path home = Installation.copyTo(folder.resolve("a b"));
        Commands.Result result = Commands.millrace(home, Map.of(), "plugins", "list");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void javaOfTheEnvironmentGoesFirst() throws IOException {
        assertThat(run(Map.of("MILLRACE_JAVA_HOME", fakeJava("17.0.1").toString(), "JAVA_HOME", JAVA_HOME))
                        .output())
                .containsExactly("the fake Java of 17.0.1");
        assertThat(run(Map.of("JAVA_HOME", fakeJava("25").toString())).output()).containsExactly("the fake Java of 25");
        assertThat(run(Map.of("JAVA_HOME", fakeJava("25.0.1").toString(), "PATH", "/nowhere"))
                        .output())
                .containsExactly("the fake Java of 25.0.1");
    }

    @Test
    void anOlderJavaIsPassedOverWithoutStartingIt() throws IOException {
        Commands.Result result = run(Map.of("JAVA_HOME", fakeJava("11.0.2").toString()));
        assertThat(result.output()).singleElement().asString().startsWith("millrace 0.1.0");
        assertThat(run(Map.of("JAVA_HOME", fakeJava("1.8.0_402").toString())).output())
                .singleElement()
                .asString()
                .startsWith("millrace 0.1.0");
    }

    @Test
    void anOlderJavaThatIsDemandedIsRefused() throws IOException {
        Path old = fakeJava("11.0.2");
        Commands.Result result = run(Map.of("MILLRACE_JAVA_HOME", old.toString()));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors())
                .containsExactly("millrace: MILLRACE_JAVA_HOME: " + old
                        + " is Java 11 (expected: 17 or newer); set it to the folder of a newer one, or unset it");
    }

    @Test
    void aFolderWithoutJavaThatIsDemandedIsRefused() {
        Commands.Result result = run(Map.of("MILLRACE_JAVA_HOME", folder.toString(), "PATH", "/nowhere"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .containsExactly("millrace: MILLRACE_JAVA_HOME: " + folder
                        + " is no Java (expected: a folder with bin/java and release, of 17 or newer); set it to the"
                        + " folder of one, or unset it");
    }

    @Test
    void noJavaAtAllIsOneLine() throws IOException {
        Path old = fakeJava("11.0.2");
        Commands.Result result = run(Map.of(
                "JAVA_HOME",
                old.toString(),
                "PATH",
                "/nowhere",
                "MILLRACE_JVMS",
                folder.resolve("none").toString()));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors())
                .containsExactly(
                        "millrace: no Java 17 or newer found: JAVA_HOME, the path and " + folder.resolve("none")
                                + " have " + old + " (Java 11); install one, or set JAVA_HOME to its folder");
    }

    @Test
    void theHeapIsAShareOfTheMemoryOrWhatIsAskedFor() throws IOException {
        assertThat(options("17.0.1", Map.of("MILLRACE_HEAP", "77m")))
                .contains("-Xmx77m", "-XX:+UseSerialGC", "-Xmn12m");
        assertThat(options("17.0.1", Map.of("MILLRACE_HEAP", "2g"))).contains("-Xmx2g", "-Xmn25m");
        assertThat(options("17.0.1", Map.of("MILLRACE_HEAP", "32m")))
                .contains("-Xmx32m")
                .noneMatch(word -> word.startsWith("-Xmn"));
        assertThat(options("17.0.1", Map.of("MILLRACE_JAVA_OPTIONS", "-XX:+UseG1GC -Da=1")))
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC");
        assertThat(options("17.0.1", Map.of("MILLRACE_JAVA_OPTIONS", "-Da=1 -Db=2")))
                .contains("-Da=1", "-Db=2", "version")
                .anyMatch(word -> word.matches("-Xmx\\d{2,4}m"));
    }

    @Test
    void aJavaGetsNoOptionThatItDoesNotKnow() throws IOException {
        for (String old : List.of("17", "17.0.1", "17.0.8", "17.0.8.1", "19.0.2", "21")) {
            assertThat(options(old, Map.of())).as(old).noneMatch(word -> word.contains("TrimNativeHeapInterval"));
        }
        for (String newer : List.of("17.0.9", "17.0.15", "21.0.1", "22", "25.0.3")) {
            assertThat(options(newer, Map.of())).as(newer).anyMatch(word -> word.contains("TrimNativeHeapInterval"));
        }
        assertThat(options("24.0.2", Map.of())).doesNotContain("-XX:+UseCompactObjectHeaders");
        assertThat(options("25.0.3", Map.of())).contains("-XX:+UseCompactObjectHeaders");
    }

    @Test
    void theSmallProfileTakesLessMemory() throws IOException {
        assertThat(options("17.0.15", Map.of("MILLRACE_PROFILE", "small")))
                .contains("-XX:MinHeapFreeRatio=5", "-XX:TieredStopAtLevel=1")
                .anyMatch(word -> word.matches("-Xmx(\\d\\d|1[0-2]\\d)m"));
        assertThat(options("17.0.15", Map.of("MILLRACE_PROFILE", "small", "MILLRACE_HEAP", "300m")))
                .contains("-Xmx300m");
    }

    @Test
    void aProfileThatIsNoneIsRefused() {
        Commands.Result result = run(Map.of("MILLRACE_PROFILE", "tiny"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .containsExactly(
                        "millrace: MILLRACE_PROFILE: tiny (expected: small, or nothing); correct it, or unset it");
    }

    @Test
    void theSmallProfileRuns() throws IOException {
        try (Millrace millrace = Millrace.in(folder, Millrace.HOME, Map.of("MILLRACE_PROFILE", "small"))
                .start()) {
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void theProcessIsTheCollector() throws IOException {
        try (Millrace millrace = Millrace.in(folder).start()) {
            long pid = millrace.process().pid();
            assertThat(Files.readString(millrace.data().resolve("lock"))).isEqualTo(pid + "\n");
            assertThat(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow())
                    .endsWith("/bin/java");
            assertThat(millrace.stop()).isZero();
        }
    }

    private static Commands.Result run(Map<String, String> environment) {
        return Commands.millrace(Millrace.HOME, environment, "version");
    }

    /* What a Java of some version is started with. */
    private List<String> options(String version, Map<String, String> environment) throws IOException {
        Path java = fakeJava(version);
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nfor word; do echo \"$word\"; done\n");
        Map<String, String> all = new HashMap<>(environment);
        all.put("MILLRACE_JAVA_HOME", java.toString());
        return run(all).output();
    }

    private Path fakeJava(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("java " + version).resolve("bin"))
                .getParent();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho the fake Java of " + version + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
