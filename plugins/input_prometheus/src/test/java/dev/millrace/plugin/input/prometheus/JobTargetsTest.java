package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.event.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobTargetsTest {
    private final ScrapeConfigs config = new ScrapeConfigs();

    private List<Target> targets() {
        return List.copyOf(new JobTargets(config.build(), Shard.ALL).targets());
    }

    private List<String> problems() {
        return new JobTargets(config.build(), Shard.ALL).problems();
    }

    @Test
    void makesTargetsOfAddressesAndLabels() {
        config.targets = List.of(
                new StaticConfig(List.of("a:1", "b_c:2"), Map.of("env", "prod", "__hidden", "x")),
                new StaticConfig(List.of("[::1]:3"), Map.of("job", "other", "instance", "three")));

        assertThat(targets())
                .map(Target::url)
                .map(Object::toString)
                .containsExactly("http://a:1/metrics", "http://b_c:2/metrics", "http://[::1]:3/metrics");
        assertThat(targets())
                .map(Target::labels)
                .containsExactly(
                        Labels.of("job", "node", "instance", "a:1", "env", "prod"),
                        Labels.of("job", "node", "instance", "b_c:2", "env", "prod"),
                        Labels.of("job", "other", "instance", "three"));
        assertThat(targets().get(0).interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(targets().get(0).timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(targets().get(0).name()).isEqualTo("job \"node\": http://a:1/metrics");
        assertThat(problems()).isEmpty();
    }

    @Test
    void addsNoPortAndQuotesWhatAUrlCannotHold() {
        config.scheme = "https";
        config.path = "my metrics?ü";
        config.targets = List.of(new StaticConfig(List.of("host"), Map.of()));
        config.params = Map.of("b", List.of("1 2", "ü"), "a", List.of("&="), "c", List.of());

        assertThat(targets())
                .map(Target::url)
                .map(Object::toString)
                .containsExactly("https://host/my%20metrics%3F%C3%BC?a=%26%3D&b=1+2&b=%C3%BC");
    }

    @Test
    void relabelsTheUrl() {
        config.params = Map.of("module", List.of("first", "second"));
        config.targets = List.of(new StaticConfig(List.of("https://site"), Map.of("__meta_x", "y")));
        config.relabel = List.of(
                ScrapeConfigs.replace("__param_module,__meta_x", "(.*)", "seen", "$1"),
                ScrapeConfigs.replace("__address__", "(.*)", "__param_target", "$1"),
                ScrapeConfigs.replace("__param_target", "(.*)", "instance", "$1"),
                ScrapeConfigs.replace("", "(.*)", "__param_module", "http"),
                ScrapeConfigs.replace("", "(.*)", "__metrics_path__", "/probe"),
                ScrapeConfigs.replace("", "(.*)", "__address__", "exporter:9115"));

        assertThat(targets())
                .map(Target::url)
                .map(Object::toString)
                .containsExactly("http://exporter:9115/probe?module=http&module=second&target=https%3A%2F%2Fsite");
        assertThat(targets())
                .map(Target::labels)
                .containsExactly(Labels.of("job", "node", "instance", "https://site", "seen", "first;y"));
    }

    @Test
    void relabelsTheInterval() {
        config.interval = Duration.ofMinutes(1);
        config.relabel = List.of(
                ScrapeConfigs.replace("__scrape_interval__,__scrape_timeout__", "(.*)", "seen", "$1"),
                ScrapeConfigs.replace("", "(.*)", "__scrape_interval__", "1m30s"),
                ScrapeConfigs.replace("", "(.*)", "__scrape_timeout__", "500ms"));

        assertThat(targets().get(0).interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(targets().get(0).timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(targets().get(0).labels().get("seen")).isEqualTo("1m;10s");
    }

    @Test
    void takesEachTargetOnceAndDropsWhatRelabellingDrops() {
        config.targets = List.of(
                new StaticConfig(List.of("a:1", "a:1", "b:2"), Map.of()), new StaticConfig(List.of("a:1"), Map.of()));
        config.relabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__address__", "b.*"));

        assertThat(targets()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithATarget() {
        problem(
                "__scrape_interval__",
                "soon",
                "__scrape_interval__: 'soon' (expected: a duration such as 15s or 1m30s)");
        problem("__scrape_interval__", "0s", "__scrape_interval__: 0s (expected: > 0s)");
        problem("__scrape_timeout__", "1h", "__scrape_timeout__: 1h (expected: at most __scrape_interval__, 10s)");
        problem("__scrape_timeout__", "", "__scrape_timeout__: '' (expected: a duration such as 15s or 1m30s)");
        problem("__scheme__", "ftp", "__scheme__: 'ftp' (expected: http or https)");
        problem("__address__", "", "'' (expected: a target's address, host:port)");
        problem("__address__", "a/b", "'a/b' (expected: host:port; scheme and metrics_path are keys of their own)");
        for (String address :
                List.of("a b:1", "me:secret@a:1", "a:1:2", "a:99999", "a:0", "a:", "ü:1", "[::1", "a?b", ":1")) {
            problem("__address__", address, "'" + address + "' (expected: a target's address, host:port)");
        }
    }

    private void problem(String label, String value, String problem) {
        config.relabel = List.of(ScrapeConfigs.replace("", "(.*)", label, value));

        assertThat(targets()).isEmpty();
        assertThat(problems()).containsExactly("job \"node\": target host:9100: " + problem);
    }

    @Test
    void warnsOfTargetsThatCannotBeToldApart() {
        config.targets = List.of(new StaticConfig(List.of("a:1", "b:2"), Map.of("instance", "x")));

        assertThat(targets()).hasSize(2);
        assertThat(problems())
                .containsExactly("job \"node\": http://b:2/metrics has the labels of http://a:1/metrics,"
                        + " {instance=\"x\", job=\"node\"} (expected: labels that differ; their series cannot be told"
                        + " apart)");
    }

    @Test
    void aShortIntervalIsTheTimeoutToo() {
        config.interval = Duration.ofSeconds(3);
        assertThat(targets().get(0).timeout()).isEqualTo(Duration.ofSeconds(3));
        config.timeout = Optional.of(Duration.ofSeconds(2));
        assertThat(targets().get(0).timeout()).isEqualTo(Duration.ofSeconds(2));
    }
}
