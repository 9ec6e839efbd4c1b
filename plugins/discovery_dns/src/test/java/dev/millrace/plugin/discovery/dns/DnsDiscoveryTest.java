package dev.millrace.plugin.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.dns.DnsType;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.VirtualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DnsDiscoveryTest {
    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final CountedMetrics metrics = new CountedMetrics();
    private final List<String> troubles = new ArrayList<>();
    private final List<List<TargetGroup>> found = new ArrayList<>();
    private final List<DnsQuestion> questions = new ArrayList<>();
    /** The answers by name; a name without one cannot be looked up. */
    private final Map<String, List<DnsRecord>> answers = new HashMap<>();

    private static DnsDiscoveryOptions options(String type, int port, String... names) {
        return new DnsDiscoveryOptions(List.of(names), type, port, Duration.ofSeconds(30), List.of());
    }

    private void start(DnsDiscoveryOptions options) {
        DnsDiscovery discovery = new DnsDiscovery(options, new BareContext("discovery_dns") {
            @Override
            public ScheduledExecutorService scheduler() {
                return scheduler;
            }

            @Override
            public Metrics metrics() {
                return metrics;
            }

            @Override
            public CompletionStage<List<DnsRecord>> lookUp(DnsQuestion question) {
                questions.add(question);
                List<DnsRecord> answer = answers.get(question.name());
                return answer == null
                        ? CompletableFuture.failedFuture(new IOException(question.name() + ": nobody knows"))
                        : CompletableFuture.completedFuture(answer);
            }

            @Override
            public void reportTrouble(String message) {
                troubles.add(message);
            }

            @Override
            public void reportRecovery() {
                troubles.add("over");
            }
        });
        discovery.start(found::add);
        scheduler.advance(Duration.ZERO);
    }

    private void next() {
        scheduler.advance(Duration.ofSeconds(30));
    }

    private static TargetGroup group(String name, List<Map<String, String>> targets) {
        return new TargetGroup(name, targets, Map.of("__meta_dns_name", name));
    }

    @Test
    void aServiceTellsNameAndPort() {
        answers.put("_m._tcp.test", List.of(new DnsRecord("a.test.", 9100), new DnsRecord("b.test.", 9101)));
        start(options("srv", 0, "_m._tcp.test"));
        assertThat(questions).containsExactly(new DnsQuestion("_m._tcp.test", DnsType.SRV, List.of()));
        assertThat(found)
                .containsExactly(List.of(group(
                        "_m._tcp.test",
                        List.of(
                                Map.of(
                                        "__address__", "a.test:9100",
                                        "__meta_dns_srv_record_target", "a.test.",
                                        "__meta_dns_srv_record_port", "9100"),
                                Map.of(
                                        "__address__", "b.test:9101",
                                        "__meta_dns_srv_record_target", "b.test.",
                                        "__meta_dns_srv_record_port", "9101")))));
    }

    @ParameterizedTest
    @CsvSource({
        "A, 10.0.0.1, 10.0.0.1:80, ''",
        "AAAA, 2001:db8::1, [2001:db8::1]:80, ''",
        "MX, mail.test., mail.test:80, __meta_dns_mx_record_target",
        "NS, ns.test., ns.test:80, __meta_dns_ns_record_target",
    })
    void othersHaveThePortOfTheOptions(String type, String target, String address, String label) {
        answers.put("test", List.of(new DnsRecord(target, 0)));
        start(options(type, 80, "test"));
        Map<String, String> labels = new HashMap<>(Map.of("__address__", address));
        if (!label.isEmpty()) {
            labels.put(label, target);
        }
        assertThat(found).containsExactly(List.of(group("test", List.of(labels))));
    }

    @Test
    void aNameThatCannotBeLookedUpKeepsItsTargets() {
        answers.put("one", List.of(new DnsRecord("10.0.0.1", 0)));
        start(options("A", 80, "one", "two"));
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).extracting(TargetGroup::source).containsExactly("one");
        assertThat(troubles).containsExactly("two: nobody knows");

        answers.clear();
        answers.put("two", List.of(new DnsRecord("10.0.0.2", 0)));
        next();
        assertThat(found.get(1)).extracting(TargetGroup::source).containsExactly("one", "two");
        assertThat(troubles).last().isEqualTo("one: nobody knows");

        answers.clear();
        next();
        assertThat(found).as("nothing has changed").hasSize(2);
        assertThat(troubles).last().isEqualTo("one: nobody knows; two: nobody knows");
        assertThat(metrics.counters)
                .containsEntry("prometheus_sd_dns_lookups_total[]", 6L)
                .containsEntry("prometheus_sd_dns_lookup_failures_total[]", 4L)
                .containsEntry("prometheus_sd_refresh_failures_total[mechanism, dns]", 3L);

        answers.put("one", List.of());
        answers.put("two", List.of());
        next();
        assertThat(found)
                .as("names that have no records any more")
                .last()
                .isEqualTo(List.of(group("one", List.of()), group("two", List.of())));
        assertThat(troubles).last().isEqualTo("over");
    }

    @Test
    void whatIsNotKnownIsNotNone() {
        start(options("A", 80, "one", "two"));
        assertThat(found).isEmpty();
        assertThat(troubles).containsExactly("one: nobody knows; two: nobody knows");
    }

    @Test
    void asksTheServersOfTheOptions() {
        start(new DnsDiscoveryOptions(
                List.of("one"),
                "A",
                80,
                Duration.ofSeconds(30),
                List.of("127.0.0.1:8600", "10.0.0.53", "[2001:db8::53]:54", "2001:db8::53")));
        assertThat(questions.get(0).servers())
                .containsExactly(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8600),
                        new InetSocketAddress("10.0.0.53", 53),
                        new InetSocketAddress("2001:db8::53", 54),
                        new InetSocketAddress("2001:db8::53", 53));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.1:0", "10.0.0.1:99999", "10.0.0", "[10.0.0.1", "2001:db8:::53"})
    void refusesWhatIsNoServer(String server) {
        assertThatThrownBy(
                        () -> new DnsDiscoveryOptions(List.of("a"), "SRV", 0, Duration.ofSeconds(30), List.of(server)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("'" + server + "' (expected: an IP address, or one with a port, such as 127.0.0.1:8600)");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> options("A", 0, "a")).hasMessage("0 (expected: 1 to 65535 for the type A)");
        assertThatThrownBy(() -> options("TXT", 1, "a")).hasMessage("'TXT' (expected: SRV, A, AAAA, MX or NS)");
        assertThatThrownBy(() -> options("SRV", 0)).hasMessage("none (expected: at least one name)");
    }
}
