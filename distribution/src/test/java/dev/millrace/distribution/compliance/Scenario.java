package dev.millrace.distribution.compliance;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** One target, one pipeline and one receiver, in a process that may hold others. */
final class Scenario implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String name;
    private final PageTarget target;
    private final RecordingReceiver receiver;
    private final String pipeline;
    private Millrace millrace;

    private Scenario(String name, PageTarget target, RecordingReceiver receiver, String pipeline) {
        this.name = name;
        this.target = target;
        this.receiver = receiver;
        this.pipeline = pipeline;
    }

    /**
     * A scenario.
     *
     * @param flusher lines of the flusher beside its endpoint
     */
    static Scenario of(String name, PageTarget target, RecordingReceiver.Script script, String flusher) {
        RecordingReceiver receiver = RecordingReceiver.answering(script);
        return new Scenario(name, target, receiver, pipeline(target.address(), receiver.url(), flusher));
    }

    private static String pipeline(String target, String endpoint, String flusher) {
        return """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: letter
                        scrape_interval: 1s
                        scrape_timeout: 1s
                        scrape_native_histograms: true
                        static_configs:
                          - targets: ['%s']
                flushers:
                  - Type: flusher_prometheus
                    Endpoint: '%s'
                    Retry: {InitialDelay: 50ms, MaxDelay: 2s}
                %s""".formatted(target, endpoint, flusher.indent(4));
    }

    /** Adds the pipeline to a process. */
    void addTo(Millrace process) {
        millrace = process;
        process.pipeline(name, pipeline);
    }

    String name() {
        return name;
    }

    PageTarget target() {
        return target;
    }

    /** All requests so far, at least one. */
    List<SentRequest> requests() {
        return await("a request", requests -> !requests.isEmpty());
    }

    /** Waits until the requests are as expected. */
    List<SentRequest> await(String what, Predicate<List<SentRequest>> condition) {
        Await.until(
                name + ": " + what,
                DEADLINE,
                () -> condition.test(receiver.requests()),
                () -> receiver.requests().size() + " requests\n" + String.join("\n", millrace.lines()));
        return receiver.requests();
    }

    /** All samples of a metric, in the order of arrival, waited for until there are as many. */
    List<Sent.Sample> samples(String metric, int count) {
        return samples(
                await(
                        count + " samples of " + metric,
                        requests -> samples(requests, metric).size() >= count),
                metric);
    }

    /** The first series of a metric, waited for. */
    Sent.Series series(String metric) {
        return await(
                        metric,
                        requests -> requests.stream()
                                .anyMatch(request -> !request.series(metric).isEmpty()))
                .stream()
                .flatMap(request -> request.series(metric).stream())
                .findFirst()
                .orElseThrow();
    }

    private static List<Sent.Sample> samples(List<SentRequest> requests, String metric) {
        return requests.stream()
                .flatMap(request -> request.series(metric).stream())
                .flatMap(series -> series.samples().stream())
                .toList();
    }

    @Override
    public void close() {
        receiver.close();
        target.close();
    }
}
