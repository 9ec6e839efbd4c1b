package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.Peers;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules of the tarball: promtool takes them, and each one fires where it should and is silent elsewhere. */
final class AlertRulesIT {
    private static final Path RULES = Millrace.HOME.resolve("docs/alerts.yaml");
    private static final Path TESTS = Path.of("src/test/resources/alerts-test.yaml");
    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern METRIC = Pattern.compile("\\bmillrace_[a-z_]+");

    @TempDir
    Path folder;

    @Test
    @Tag("servers")
    void eachAlertFiresWhereItShouldAndIsSilentElsewhere() throws IOException {
        Files.copy(RULES, folder.resolve("alerts.yaml"));
        Files.copy(TESTS, folder.resolve("tests.yaml"));
        promtool("check", "rules", folder.resolve("alerts.yaml").toString());
        promtool("test", "rules", folder.resolve("tests.yaml").toString());
    }

    private static void promtool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Peers.program("stable", "usr/bin/promtool")));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(Map.of(), command);
        assertThat(result.exitCode())
                .as("%s%n%s", String.join("\n", result.output()), String.join("\n", result.errors()))
                .isZero();
    }

    @Test
    void eachAlertIsTestedBothWaysAndDocumented() throws IOException {
        String tests = Files.readString(TESTS);
        String page = Files.readString(PAGE);
        Set<String> alerts = found(ALERT, Files.readString(RULES), 1);
        assertThat(alerts).isNotEmpty();
        for (String alert : alerts) {
            assertThat(tests.split("alertname: " + alert + "\\b", -1)).as(alert).hasSize(3);
            assertThat(page).contains("| `" + alert + "` |");
        }
    }

    /* That these are published is shown where the page is held against /metrics. */
    @Test
    void eachMetricIsDocumented() throws IOException {
        String page = Files.readString(PAGE);
        for (String metric : found(METRIC, Files.readString(RULES), 0)) {
            assertThat(page).contains("`" + metric.replaceFirst("_bucket$", "") + "`");
        }
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
