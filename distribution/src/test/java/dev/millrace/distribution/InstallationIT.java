package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.ReadmeFiles;
import dev.millrace.distribution.run.RootFolder;
import dev.millrace.distribution.run.ServiceUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball as {@code installation.md} has it unpacked, and the unit file in it. */
final class InstallationIT {
    private static final Path DOCUMENT = Path.of("docs/installation.md");
    private static final Path UNIT = Millrace.HOME.resolve("systemd/millrace.service");
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path folder;

    @Test
    void theTarballWorksInAnyFolder() throws IOException {
        RootFolder root = RootFolder.in(folder);
        Files.copy(
                Millrace.HOME.resolveSibling("millrace-0.1.0.tar.gz"),
                root.work().resolve("millrace-0.1.0.tar.gz"));
        Commands.Result result = root.run(ReadmeFiles.of(DOCUMENT).commands().get(0));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).singleElement().asString().startsWith("valid: ");
    }

    @Test
    void theUnitSetsWhatTheLauncherReads() throws IOException {
        ServiceUnit unit = ServiceUnit.parse(Files.readString(UNIT));
        String launcher = Files.readString(Millrace.HOME.resolve("bin/millrace"));
        String document = Files.readString(DOCUMENT);
        assertThat(unit.environment()).containsOnlyKeys("MILLRACE_CONF", "MILLRACE_DATA", "MILLRACE_PLUGINS");
        unit.environment().forEach((variable, path) -> {
            assertThat(launcher).contains(variable);
            assertThat(document).contains("| `" + path + "` |").contains("| `" + variable + "` |");
        });
        assertThat(unit.environment().get("MILLRACE_DATA")).isEqualTo("/var/lib/" + unit.value("StateDirectory"));
        assertThat(unit.command()).containsExactly("/opt/millrace/bin/millrace", "run");
    }

    @Test
    void theUnitWaitsLongerForAStopThanTheCollectorItself() throws IOException {
        ServiceUnit unit = ServiceUnit.parse(Files.readString(UNIT));
        assertThat(Integer.parseInt(unit.value("TimeoutStopSec"))).isGreaterThan(90);
        assertThat(Files.readString(DOCUMENT))
                .contains("It waits " + unit.value("TimeoutStopSec") + " s for a stop.")
                .contains("cuts itself off after 90 s");
    }

    @Test
    void theUnitDoesNotRestartWhatAPersonHasToMend() throws IOException {
        ServiceUnit unit = ServiceUnit.parse(Files.readString(UNIT));
        List<String> help = Commands.millrace("--help").output();
        assertThat(unit.value("RestartPreventExitStatus").split(" "))
                .hasSize(2)
                .allSatisfy(code -> assertThat(help)
                        .filteredOn(line -> line.strip().startsWith(code + " "))
                        .singleElement()
                        .asString()
                        .endsWith("is wrong"));
    }

    @Test
    void systemdUnderstandsTheUnit() throws IOException {
        assumeTrue(
                Files.isExecutable(SYSTEMD_ANALYZE), "skipped: " + SYSTEMD_ANALYZE + " is not there (package systemd)");
        Path unit = Files.writeString(
                folder.resolve("millrace.service"),
                Files.readString(UNIT).replace("/opt/millrace/bin", Millrace.HOME + "/bin"));
        Commands.Result result =
                Commands.run(Map.of(), List.of(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", unit.toString()));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}
