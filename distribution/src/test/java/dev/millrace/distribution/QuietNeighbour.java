package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.numbered.ServedPage;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pipeline that others' changes are no business of: it scrapes a target, passes {@code processor_pass}, and prints what
 * it gets.
 */
final class QuietNeighbour implements AutoCloseable {
    static final String NAME = "quiet";

    private static final int SERIES = 3;
    private static final long INTERVAL_MILLIS = 1_000;
    private static final Pattern SINCE = Pattern.compile("\"component\":\"([^\"]+)\".*?\"since\":\"([^\"]+)\"");
    private static final Pattern PRINTED = Pattern.compile(NumberedTarget.METRIC + "\\{(.*)} (\\S+) (\\d+)");

    private final NumberedTarget target = NumberedTarget.start(SERIES);
    private List<String> begun = List.of();

    /** Its file. */
    String pipeline() {
        return Pipelines.inputs(INTERVAL_MILLIS + "ms", target.address())
                + "processors:\n  - Type: processor_pass\n    Number: 1\nflushers:\n  - Type: flusher_stdout\n";
    }

    /** Waits until it is at work; from now on nothing about it may change. */
    void begin(Millrace millrace) {
        Await.until(
                "the first pages have arrived",
                Duration.ofSeconds(30),
                () -> arrived(millrace).arrived(target.address(), 2) == SERIES);
        begun = components(millrace);
        assertThat(begun).hasSize(5);
    }

    /**
     * Every scrape began in its time, over the connection of the first, succeeded and was delivered once, in order; the
     * components are those of the beginning.
     */
    void verifyUntouched(Millrace millrace) throws IOException {
        assertThat(components(millrace)).isEqualTo(begun);
        target.end();
        Await.until(
                "the end of the target has arrived",
                Duration.ofSeconds(30),
                () -> arrived(millrace).ended(target.address(), 0) == SERIES);
        DeliveryOracle oracle = arrived(millrace);
        assertThat(oracle.missing(target.address(), target.pages())).isEmpty();
        assertThat(oracle.outOfOrder()).isZero();
        assertThat(oracle.keptTwice()).isZero();
        assertThat(oracle.repeatedSamples()).isZero();
        assertThat(target.connections()).isEqualTo(1);
        assertInTime();
        assertThat(millrace.metrics().sum("millrace_input_skipped_scrapes_total", "pipeline", NAME))
                .isZero();
    }

    /* The first one began in a phase of its own, all others follow it. */
    private void assertInTime() {
        List<Long> asked =
                target.served().values().stream().map(ServedPage::asked).toList();
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(0))
                    .as("scrape %d, by its time since the first", i)
                    .isBetween(
                            (i - 1) * INTERVAL_MILLIS + INTERVAL_MILLIS / 2, i * INTERVAL_MILLIS + INTERVAL_MILLIS / 2);
        }
    }

    private static DeliveryOracle arrived(Millrace millrace) {
        DeliveryOracle oracle = new DeliveryOracle(SERIES);
        oracle.add(millrace.lines().stream().flatMap(QuietNeighbour::printed).toList());
        return oracle;
    }

    private static Stream<Sample> printed(String line) {
        Matcher matcher = PRINTED.matcher(line);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        String series = "__name__=\"" + NumberedTarget.METRIC + "\"," + matcher.group(1);
        long value = matcher.group(2).equals("stale")
                ? Sample.STALE_NAN
                : Double.doubleToRawLongBits(Double.parseDouble(matcher.group(2)));
        return Stream.of(new Sample(series, Long.parseLong(matcher.group(3)), value));
    }

    /* Since when each is in its state, and when the processor was made. */
    private static List<String> components(Millrace millrace) {
        try {
            String page = Web.get(millrace.admin() + "/api/v1/components?pipeline=" + NAME)
                    .body();
            Stream<String> since = SINCE.matcher(page).results().map(found -> found.group(1) + " " + found.group(2));
            Stream<String> made = millrace.metrics().samples().stream()
                    .filter(sample -> sample.name().equals("pass_made_nanoseconds"))
                    .map(MetricsPage.Sample::toString);
            return Stream.concat(since, made).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        target.close();
    }
}
