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

    private static HttpResponse<String> page(String address) {
        try {
            return Web.get("http://" + address + "/metrics");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
