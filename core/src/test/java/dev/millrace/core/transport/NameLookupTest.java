package dev.millrace.core.transport;

import static dev.millrace.core.transport.FakeNameServer.NO_ERROR;
import static dev.millrace.core.transport.FakeNameServer.NO_SUCH_NAME;
import static dev.millrace.core.transport.FakeNameServer.REFUSED;
import static dev.millrace.core.transport.FakeNameServer.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.dns.DnsType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameLookupTest {
    private static final byte[] FIRST = record(1, new byte[] {10, 0, 0, 1});
    private static final byte[] SECOND = record(1, new byte[] {10, 0, 0, 2});

    @TempDir
    Path folder;

    private Path file;
    private EventLoops loops;
    private DnsClient client;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("resolv.conf"), "search one.test two.test.\n");
        loops = new EventLoops();
        client = new DnsClient(loops, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        client.close();
        loops.close();
    }

    private CompletableFuture<List<DnsRecord>> begin(String name, DnsType type, FakeNameServer... servers) {
        List<InetSocketAddress> addresses =
                List.of(servers).stream().map(FakeNameServer::address).toList();
        return NameLookup.start(
                client, file, new DnsQuestion(name, type, addresses), loops, new Workers(Runnable::run));
    }

    private List<DnsRecord> lookUp(String name, DnsType type, FakeNameServer... servers) {
        return begin(name, type, servers).join();
    }

    @Test
    void readsRecordsOfEachType() throws Exception {
        try (FakeNameServer server = new FakeNameServer(NO_SUCH_NAME)) {
            byte[] alias = record(5, new byte[] {1, 'x', (byte) 0xc0, 12});
            server.with("a.test.", alias, FIRST, SECOND);
            assertThat(lookUp("a.test.", DnsType.A, server))
                    .containsExactly(new DnsRecord("10.0.0.1", 0), new DnsRecord("10.0.0.2", 0));

            server.with(
                    "a6.test.", record(28, InetAddress.getByName("2001:db8::1").getAddress()));
            assertThat(lookUp("a6.test.", DnsType.AAAA, server)).containsExactly(new DnsRecord("2001:db8::1", 0));

            byte[] service = {0, 10, 0, 5, 0x1f, (byte) 0x90, 1, 'x', (byte) 0xc0, 12};
            server.with("_s._tcp.test.", record(33, service));
            assertThat(lookUp("_s._tcp.test.", DnsType.SRV, server))
                    .containsExactly(new DnsRecord("x._s._tcp.test.", 8080));

            server.with("mx.test.", record(15, new byte[] {0, 10, 4, 'm', 'a', 'i', 'l', (byte) 0xc0, 12}));
            assertThat(lookUp("mx.test.", DnsType.MX, server)).containsExactly(new DnsRecord("mail.mx.test.", 0));

            server.with("ns.test.", record(2, new byte[] {1, 'n', (byte) 0xc0, 12}));
            assertThat(lookUp("ns.test.", DnsType.NS, server)).containsExactly(new DnsRecord("n.ns.test.", 0));

            server.with("none.test.");
            assertThat(lookUp("none.test.", DnsType.A, server)).isEmpty();
        }
    }

    @Test
    void looksInTheSearchListUntilANameExists() throws Exception {
        try (FakeNameServer server = new FakeNameServer(NO_SUCH_NAME)) {
            assertThat(lookUp("app", DnsType.A, server)).isEmpty();
            assertThat(server.asked()).containsExactly("app.one.test./1", "app.two.test./1", "app./1");

            server.with("app.two.test.", FIRST);
            assertThat(lookUp("app", DnsType.A, server)).containsExactly(new DnsRecord("10.0.0.1", 0));
            assertThat(server.asked()).hasSize(5);

            server.with("with.dots.");
            assertThat(lookUp("with.dots", DnsType.A, server))
                    .as("it exists, without such records")
                    .isEmpty();
            assertThat(server.asked()).hasSize(6).last().isEqualTo("with.dots./1");
        }
    }

    @Test
    void asksTheNextServerWhereOneSettlesNothing() throws Exception {
        try (FakeNameServer refusing = new FakeNameServer(REFUSED);
                FakeNameServer gone = new FakeNameServer(NO_SUCH_NAME);
                FakeNameServer knowing = new FakeNameServer(NO_SUCH_NAME).with("app.test.", FIRST)) {
            gone.end();
            assertThat(lookUp("app.test.", DnsType.A, refusing, gone, knowing))
                    .containsExactly(new DnsRecord("10.0.0.1", 0));
            assertThat(refusing.asked()).containsExactly("app.test./1");

            assertThatThrownBy(() -> lookUp("app.test.", DnsType.A, refusing))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("app.test.: no server knows: app.test. at 127.0.0.1:"
                            + refusing.address().getPort() + ": answered Refused(5)");
        }
    }

    @Test
    void oneNameThatIsNotSettledLeavesAllOpen() throws Exception {
        try (FakeNameServer server = new FakeNameServer(REFUSED).with("app.", FIRST)) {
            assertThat(lookUp("app", DnsType.A, server))
                    .as("a later name exists")
                    .containsExactly(new DnsRecord("10.0.0.1", 0));
            assertThatThrownBy(() -> lookUp("other", DnsType.A, server)).hasMessageContaining("other.one.test. at ");
        }
    }

    @Test
    void aSilentServerHasItsTime() throws Exception {
        try (FakeNameServer silent = new FakeNameServer(-1);
                DnsClient impatient = new DnsClient(loops, Duration.ofMillis(20))) {
            DnsQuestion question = new DnsQuestion("app.test.", DnsType.A, List.of(silent.address()));
            assertThatThrownBy(NameLookup.start(impatient, file, question, loops, new Workers(Runnable::run))::join)
                    .hasMessageContaining("no answer within 0.02 s");
        }
    }

    @Test
    void whatDoesNotFitComesOverTcp() throws Exception {
        try (FakeNameServer server = new FakeNameServer(NO_ERROR).withMany("many.test.", FIRST, SECOND)) {
            assertThat(lookUp("many.test.", DnsType.A, server)).hasSize(2);
            assertThat(server.asked()).containsExactly("many.test./1", "many.test./1/tcp");

            server.withoutConnections();
            assertThatThrownBy(() -> lookUp("many.test.", DnsType.A, server))
                    .as("some of the records are not the records")
                    .hasMessageContaining("its answer is cut off, and could not be had over TCP");
        }
    }

    @Test
    void refusesWhatIsMalformed() throws Exception {
        try (FakeNameServer server = new FakeNameServer(NO_ERROR).with("bad.test.", record(33, new byte[] {0, 1, 0}))) {
            assertThatThrownBy(() -> lookUp("bad.test.", DnsType.SRV, server))
                    .hasMessageContaining("its answer has a malformed record of type SRV");
            assertThatThrownBy(() -> lookUp("x".repeat(64) + ".test.", DnsType.A, server))
                    .hasMessageContaining("(expected: a name of the DNS)");
        }
    }

    @Test
    void asksTheServersOfTheFile() throws Exception {
        file = Files.writeString(folder.resolve("none"), "# nobody\nsearch one.test\n");
        assertThatThrownBy(() -> lookUp("app", DnsType.A))
                .hasMessageContaining(file + " names no server (expected: a line such as 'nameserver 192.0.2.53')");
        file = folder.resolve("absent");
        assertThatThrownBy(() -> lookUp("app", DnsType.A)).hasMessageContaining(file + " cannot be read");
    }

    @Test
    void anAnswerToAClientThatIsClosedIsAFailure() throws Exception {
        try (FakeNameServer server = new FakeNameServer(NO_ERROR)) {
            client.close();
            assertThatThrownBy(() -> lookUp("app.test.", DnsType.A, server))
                    .hasMessageContaining("the host is stopping");
        }
    }
}
