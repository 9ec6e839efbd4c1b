package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that does not even load within its deadline costs itself only. */
final class HangingFactoryTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String HANG =
            "static void hang() { while (true) { java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L); } } ";

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static { hang(); }",
                "public Factory() { hang(); }",
                "@Override public String type() { hang(); return null; }",
                "@Override public java.util.List<String> aliases() { throw new Error() {"
                        + " @Override public String getMessage() { hang(); return null; } }; }"
            })
    void isLeftBehindAndNamed(String members) throws Exception {
        PluginHome home = new PluginHome(root);
        home.install("good");
        Path jar = FixturePlugin.named("bad").factory("bad", HANG + members).writeTo(home.file("bad.jar"));
        PluginCalls calls = new PluginCalls(1, new Deadlines(SHORT, SHORT, SHORT, SHORT, SHORT));
        try (PluginCatalog catalog =
                PluginLoader.load(PluginSources.of(List.of(root.resolve("plugins"))), home.copies(1), calls)) {
            assertThat(catalog.ofType("good")).isPresent();
            assertThat(catalog.problems())
                    .singleElement()
                    .satisfies(
                            problem -> assertThat(problem.message())
                                    .contains(
                                            jar
                                                    + ") cannot be loaded: bad: load did not return within 2 s, at plugin:bad//bad.Factory"));
        }
    }
}
