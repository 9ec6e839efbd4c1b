package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.plugin.lib.credentials.client.BasicAuth;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ScrapeConfigTest {
    @Test
    void refusesWhatCannotBe() {
        refuses("scrapeInterval", "0ms (expected: > 0)", c -> c.interval = Duration.ZERO);
        refuses("scrapeTimeout", "0ms (expected: > 0)", c -> c.timeout = Optional.of(Duration.ZERO));
        refuses(
                "scrapeTimeout",
                "1m30s (expected: at most scrape_interval, 10s)",
                c -> c.timeout = Optional.of(Duration.ofSeconds(90)));
        refuses("scheme", "'ftp' (expected: http or https)", c -> c.scheme = "ftp");
        refuses("sampleLimit", "-1 (expected: >= 0)", c -> c.sampleLimit = -1);
        refuses(
                "staticConfigs",
                "'http://a:1' (expected: host:port; scheme and metrics_path are keys of their own)",
                c -> c.targets = List.of(new StaticConfig(List.of("http://a:1"), Map.of())));
    }

    @Test
    void refusesTwoJobsOfOneName() {
        ScrapeConfig job = new ScrapeConfigs().build();

        assertThat(catchThrowableOfType(InvalidOptionException.class, () -> ScrapeConfigs.options(List.of(job, job))))
                .hasMessage("job_name 'node' twice (expected: once)");
        assertThat(catchThrowableOfType(InvalidOptionException.class, () -> ScrapeConfigs.options(List.of())))
                .hasMessage("none (expected: at least one job)");
    }

    @Test
    void printsNoPassword() {
        assertThat(BasicAuth.of("me", "hush")).asString().doesNotContain("hush");
    }

    private static void refuses(String component, String message, Consumer<ScrapeConfigs> change) {
        ScrapeConfigs config = new ScrapeConfigs();
        change.accept(config);

        InvalidOptionException exception = catchThrowableOfType(InvalidOptionException.class, config::build);

        assertThat(exception).hasMessage(message);
        assertThat(exception.component()).isEqualTo(component);
    }
}
