package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.testing.AllocatedBytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A page that says the same as the one before allocates its values, and nothing else for each sample. */
final class AllocationTest {
    private static final int SERIES = 1000;

    /** A value. */
    private static final int COLUMNS = 8;

    /** What a page takes, however long it is: the report's rows, and a dozen small objects. */
    private static final int PAGE = 4_000;

    private final BatchMaker maker = new BatchMaker(
            new Target(
                    "node",
                    Labels.of("instance", "host:9100", "job", "node"),
                    URI.create("http://host:9100/metrics"),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10)),
            new ScrapeConfigs().build(),
            Relabeling.NONE,
            new SharedPages());
    private long time = 1_700_000_000_000L;

    @Test
    void makesNoObjectForASampleOfAKnownPage() throws Exception {
        BodyBuffer[] pages = {page(1), page(2)};
        long most = SERIES * COLUMNS + PAGE;

        long bytes = AllocatedBytes.leastOf(most, () -> scrape(pages[(int) (time % pages.length)]));

        assertThat(bytes).as("bytes for %d samples", SERIES).isLessThanOrEqualTo(most);
    }

    private void scrape(BodyBuffer page) {
        maker.kept(maker.ofPage(page, PageFormat.TEXT, time++, () -> 0.01));
    }

    private static BodyBuffer page(int seed) {
        StringBuilder page = new StringBuilder("# HELP cpu_seconds_total Time.\n# TYPE cpu_seconds_total counter\n");
        for (int i = 0; i < SERIES; i++) {
            page.append("cpu_seconds_total{cpu=\"")
                    .append(i)
                    .append("\"} ")
                    .append(seed * i)
                    .append(".25\n");
        }
        return BodyBuffer.wrap(page.toString().getBytes(StandardCharsets.UTF_8));
    }
}
