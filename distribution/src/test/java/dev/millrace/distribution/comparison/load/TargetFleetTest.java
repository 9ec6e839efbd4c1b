package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetFleetTest {
    private static final Load LOAD = new Load(3, 50, Duration.ofSeconds(5), 1);

    @Test
    void everyTargetHasAnAddressAndAPageOfItsOwn() throws IOException {
        try (TargetFleet fleet = TargetFleet.start(LOAD)) {
            assertThat(fleet.addresses()).hasSize(3).doesNotHaveDuplicates();
            List<String> pages = fleet.addresses().stream()
                    .map(TargetFleetTest::page)
                    .map(HttpResponse::body)
                    .toList();
            assertThat(pages).doesNotHaveDuplicates();
            HttpResponse<String> next = page(fleet.addresses().get(0));
            assertThat(next.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(next.body())
                    .isNotEqualTo(pages.get(0))
                    .hasSameSizeAs(pages.get(0))
                    .contains("node_");
            Await.until("four pages are counted", Duration.ofSeconds(10), () -> fleet.samples() == 200);
        }
    }

    @Test
    void processesServeTheTargetsOfOne() throws IOException {
        try (Fleet one = TargetFleet.start(LOAD);
                Fleet fleet = TargetProcesses.start(LOAD, 2)) {
            assertThat(hosts(fleet)).isEqualTo(hosts(one));
            assertThat(fleet.scrapes(3).missed()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(page(fleet.addresses().get(i)).body())
                        .isEqualTo(page(one.addresses().get(i)).body());
            }
            Await.until("three pages are counted", Duration.ofSeconds(10), () -> fleet.samples() == 150);
            assertThat(fleet.scrapes(1).pages()).isEqualTo(1);
            assertThat(fleet.cpuSeconds()).isPositive();
        }
    }

    private static List<String> hosts(Fleet fleet) {
        return fleet.addresses().stream()
                .map(address -> address.substring(0, address.indexOf(':')))
                .toList();
    }

    private static HttpResponse<String> page(String address) {
        try {
            return Web.get("http://" + address + "/metrics");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
