package dev.millrace.core.metrics;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source of samples that can not spoil the page: what fails is left out, and reported once until it works again. */
final class GuardedSource implements Contributor {
    private static final Logger log = LoggerFactory.getLogger(MetricRegistry.class);

    private final String name;
    private final Consumer<SampleList> source;
    private volatile boolean reported;

    GuardedSource(MetricSource source) {
        this("a source of metrics", source::collect);
    }

    GuardedSource(String name, Consumer<SampleList> source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public void contribute(Scrape scrape) {
        SampleList list = new SampleList();
        String problem;
        try {
            source.accept(list);
            problem = scrape.add(list.samples());
        } catch (RuntimeException | LinkageError exception) {
            problem = name + " can not be read: " + exception;
        }
        boolean failed = !problem.isEmpty();
        if (failed && !reported) {
            log.warn("left out of the metrics: {}", problem);
        }
        reported = failed;
    }
}
