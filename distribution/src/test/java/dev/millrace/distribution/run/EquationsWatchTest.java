package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch over the equations finds what it is there for, and nothing on good pages. */
final class EquationsWatchTest {
    private static final int AROUND = 5;

    @TempDir
    Path folder;

    private volatile boolean stored = true;
    private volatile EquationsWatch.Page page;
    private final EquationsWatch watch = new EquationsWatch(this::current, pipeline -> stored);

    private EquationsWatch.Page current() throws IOException {
        if (page == null) {
            throw new IOException("no page");
        }
        return page;
    }

    @Test
    void goodPagesAreGood() {
        look("first", new FlusherPage(0, 0, 0));
        look("first", new FlusherPage(10, 10, 4));
        quiet("first", new FlusherPage(20, 20, 9));
        page = null;
        watch.look();
        quiet("killed", new FlusherPage(0, 20, 6)); // some deliveries are repeated
        quiet("killed", new FlusherPage(5, 25, 25));
        assertThatCode(watch::verifySeen).doesNotThrowAnyException();
    }

    @Test
    void aPageOnWhichAnEquationDoesNotHoldIsReported() {
        look("first", new FlusherPage(10, 10, 4));
        String text = new FlusherPage(11, 11, 5).text();
        page = new EquationsWatch.Page("first", MetricsPage.parse(text.replace("} 5", "} 4")));
        watch.look();
        look("first", new FlusherPage(12, 12, 5));
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessage("on page 2 of /metrics")
                .cause()
                .hasMessageContaining("delivered + rejected + dropped + backlog");
    }

    @Test
    void anInputThatIsToldNothingIsReported() {
        String text = new FlusherPage(10, 10, 4).text();
        page = new EquationsWatch.Page(
                "first",
                MetricsPage.parse(text.replace(
                        "acknowledged_items_total{pipeline=\"p\",component=\"in\"} 10",
                        "acknowledged_items_total{pipeline=\"p\",component=\"in\"} 9")));
        watch.look();
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .cause()
                .hasMessageContaining("acknowledged + refused + pending");
    }

    @Test
    void aTotalThatGoesBackIsReported() {
        look("first", new FlusherPage(10, 10, 4));
        look("first", new FlusherPage(10, 10, 3));
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .cause()
                .hasMessageContaining("delivered_items_total");
    }

    @Test
    void aRestartThatLosesItemsIsReported() {
        quiet("first", new FlusherPage(10, 10, 4));
        look("second", new FlusherPage(0, 9, 4));
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .cause()
                .hasMessageContaining("appended_items_total");
    }

    @Test
    void aRestartThatLosesItemsAndHasGotMoreSinceIsReported() {
        quiet("first", new FlusherPage(10, 10, 4));
        quiet("second", new FlusherPage(5, 14, 4));
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .cause()
                .hasMessageContaining("when the process started");
    }

    @Test
    void aLifeThatWasStoppedLosesNoDelivery() {
        watch.begin();
        quiet("first", new FlusherPage(10, 10, 4));
        watch.end(false);
        look("second", new FlusherPage(0, 10, 3));
        assertThatThrownBy(watch::verify)
                .isInstanceOf(AssertionError.class)
                .cause()
                .hasMessageContaining("delivered_items_total");
    }

    @Test
    void whatIsOnlyInMemoryIsNotExpectedAfterARestart() {
        stored = false;
        quiet("first", new FlusherPage(10, 10, 4));
        quiet("second", new FlusherPage(2, 2, 1));
        assertThatCode(watch::verifySeen).doesNotThrowAnyException();
    }

    @Test
    void whatIsForgottenIsNotExpectedAfterARestart() {
        watch.begin();
        quiet("first", new FlusherPage(10, 10, 4));
        watch.end(true);
        watch.forget();
        quiet("second", new FlusherPage(2, 2, 1));
        assertThatCode(watch::verifySeen).doesNotThrowAnyException();
    }

    @Test
    void aWatchThatHasSeenNothingFails() {
        watch.begin();
        assertThatThrownBy(watch::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pages of /metrics that were seen");
    }

    @Test
    void thePagesAreReadAtTheAddressThatTheDataFolderTells() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = "millrace_flusher_appended_items_total 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
            asked.countDown();
        });
        server.start();
        try {
            EquationsWatch begun = EquationsWatch.begin(() -> folder);
            Path data = Files.createDirectories(folder.resolve("data"));
            Path draft = Files.writeString(
                    data.resolve("draft"), "127.0.0.1:" + server.getAddress().getPort() + "\n");
            Files.move(draft, data.resolve("admin.address"), StandardCopyOption.ATOMIC_MOVE); // as the host does
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(begun::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("of /metrics")
                    .cause()
                    .hasMessageContaining("delivered + rejected + dropped + backlog");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void eachStartIsALifeOfItsOwn() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            AdminPages pages = new AdminPages(() -> folder);
            assertThatThrownBy(pages::get).isInstanceOf(IOException.class);
            Path file = folder.resolve("admin.address");
            String address = "127.0.0.1:" + server.getAddress().getPort();
            Files.writeString(file, address);
            Object first = pages.get().life();
            assertThat(pages.get().life()).isEqualTo(first);
            Path draft = Files.writeString(folder.resolve("admin.address.new"), address);
            Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            assertThat(pages.get().life()).isNotEqualTo(first);
        } finally {
            server.stop(0);
        }
    }

    private void quiet(String life, FlusherPage metrics) {
        for (int i = 0; i < AROUND; i++) {
            look(life, metrics);
        }
    }

    private void look(String life, FlusherPage metrics) {
        page = new EquationsWatch.Page(life, metrics.page());
        watch.look();
    }
}
