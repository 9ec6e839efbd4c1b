package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.extension.TargetGroup;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes targets of what was discovered, as Prometheus makes them: the labels of a target go before those of its group, and
 * these before the defaults of the job; then come the relabelling rules, and then the checks. Thread-safe.
 */
final class TargetMaker {
    private static final String ADDRESS = TargetGroup.ADDRESS;
    /** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
    private static final Pattern ADDRESS_FORMAT =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._~-]+)(?::([0-9]{1,5}))?");

    private static final String INTERVAL = "__scrape_interval__";
    private static final String TIMEOUT = "__scrape_timeout__";
    private static final String INSTANCE = "instance";

    private final ScrapeConfig config;
    private final Relabeling relabeling;

    TargetMaker(ScrapeConfig config, Shard shard) {
        this.config = config;
        this.relabeling = Relabeling.of(rules(config, shard));
    }

    /**
     * A target.
     *
     * @param own its labels
     * @param common those of its group
     * @return null where relabelling drops it
     * @throws ScrapeException if it cannot be scraped, in words for a person
     */
    @Nullable
    Target target(Map<String, String> own, Map<String, String> common) throws ScrapeException {
        LabelsBuilder labels = discovered(own, common);
        return relabeling.apply(labels) ? target(scraped(labels)) : null;
    }

    /** What is wrong with an address, or null. */
    static @Nullable String addressProblem(String address) {
        if (address.indexOf('/') >= 0) {
            return "'" + address + "' (expected: host:port; scheme and metrics_path are keys of their own)";
        }
        Matcher matcher = ADDRESS_FORMAT.matcher(address);
        if (!matcher.matches() || matcher.group(1) != null && !isPort(matcher.group(1))) {
            return "'" + address + "' (expected: a target's address, host:port)";
        }
        return null;
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65_535;
    }

    /** What relabelling is given. */
    LabelsBuilder discovered(Map<String, String> own, Map<String, String> common) {
        LabelsBuilder labels = Labels.builder();
        common.forEach(labels::set);
        own.forEach(labels::set);
        setDefault(labels, "job", config.jobName());
        setDefault(labels, INTERVAL, PrometheusDuration.format(config.interval()));
        setDefault(labels, TIMEOUT, PrometheusDuration.format(config.timeout()));
        setDefault(labels, "__metrics_path__", config.metricsPath());
        setDefault(labels, "__scheme__", config.scheme());
        config.params().forEach((name, values) -> {
            if (!values.isEmpty()) {
                setDefault(labels, TargetUrl.PARAM + name, values.get(0));
            }
        });
        return labels;
    }

    private static void setDefault(LabelsBuilder labels, String name, String value) {
        if (labels.get(name).isEmpty()) {
            labels.set(name, value);
        }
    }

    private static Labels scraped(LabelsBuilder labels) throws ScrapeException {
        String address = labels.get(ADDRESS);
        String problem = addressProblem(address);
        if (problem != null) {
            throw new ScrapeException(problem);
        }
        setDefault(labels, INSTANCE, address);
        return without(labels.build(), "__meta_");
    }

    /** What becomes of a target, step by step: the job's defaults, its rules, and what its series get of it. */
    static List<LabelRules.Step> steps(ScrapeConfig config, Shard shard) {
        TargetMaker maker = new TargetMaker(config, shard);
        List<LabelRules.Step> steps = new ArrayList<>();
        steps.add(new LabelRules.Step(
                "defaults of the job",
                given -> maker.discovered(given.toMap(), Map.of()).build()));
        steps.addAll(Relabeling.steps(rules(config, shard)));
        steps.add(new LabelRules.Step("labels of all series", TargetMaker::attached));
        return steps;
    }

    private static List<RelabelConfig> rules(ScrapeConfig config, Shard shard) {
        return Stream.concat(config.relabelConfigs().stream(), shard.rules().stream())
                .toList();
    }

    private static Labels attached(Labels relabelled) {
        LabelsBuilder labels = relabelled.toBuilder();
        setDefault(labels, INSTANCE, labels.get(ADDRESS));
        return without(labels.build(), "__");
    }

    private Target target(Labels labels) throws ScrapeException {
        Duration interval = duration(labels, INTERVAL);
        Duration timeout = duration(labels, TIMEOUT);
        if (timeout.compareTo(interval) > 0) {
            throw new ScrapeException(TIMEOUT + ": " + labels.get(TIMEOUT) + " (expected: at most " + INTERVAL + ", "
                    + labels.get(INTERVAL) + ")");
        }
        String scheme = labels.get("__scheme__");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ScrapeException("__scheme__: '" + scheme + "' (expected: http or https)");
        }
        URI url = TargetUrl.of(labels, config.params());
        return new Target(config.jobName(), without(labels, "__"), url, interval, timeout);
    }

    private static Duration duration(Labels labels, String name) throws ScrapeException {
        try {
            Duration duration = PrometheusDuration.parse(labels.get(name));
            if (duration.isZero()) {
                throw new ScrapeException(name + ": 0s (expected: > 0s)");
            }
            return duration;
        } catch (IllegalArgumentException e) {
            throw new ScrapeException(name + ": " + e.getMessage());
        }
    }

    private static Labels without(Labels labels, String prefix) {
        LabelsBuilder kept = Labels.builder();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.name(i).toString().startsWith(prefix)) {
                kept.set(labels.name(i), labels.value(i));
            }
        }
        return kept.build();
    }
}
