package dev.millrace.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolverFileTest {
    @TempDir
    Path folder;

    private ResolverFile read(String text) throws IOException {
        return ResolverFile.read(Files.writeString(folder.resolve("resolv.conf"), text));
    }

    @Test
    void readsServersAndSearchList() throws IOException {
        ResolverFile file = read("""
                # of a pod
                ; another comment
                domain ignored.test
                nameserver 10.96.0.10
                nameserver 2001:db8::53
                nameserver not-an-address
                search default.svc.cluster.local\tsvc.cluster.local cluster.local
                options timeout:1 ndots:5 rotate
                sortlist 10.0.0.0
                nameserver
                """);
        assertThat(file.servers())
                .containsExactly(new InetSocketAddress("10.96.0.10", 53), new InetSocketAddress("2001:db8::53", 53));
        assertThat(file.search()).containsExactly("default.svc.cluster.local", "svc.cluster.local", "cluster.local");
        assertThat(file.dots()).isEqualTo(5);
        assertThat(file.names("app.default.svc"))
                .containsExactly(
                        "app.default.svc.default.svc.cluster.local.",
                        "app.default.svc.svc.cluster.local.",
                        "app.default.svc.cluster.local.",
                        "app.default.svc.");
        assertThat(file.names("rooted.")).containsExactly("rooted.");
    }

    @Test
    void aNameWithEnoughDotsComesFirstAsItStands() throws IOException {
        ResolverFile file = read("search a b\ndomain c d\noptions ndots:x ndots:99999999999\n");
        assertThat(file.dots()).isEqualTo(1);
        assertThat(file.search()).containsExactly("c");
        assertThat(file.names("app.test")).containsExactly("app.test.", "app.test.c.");
        assertThat(file.names("app")).containsExactly("app.c.", "app.");
        assertThat(read("options ndots:16\n").dots()).isEqualTo(15);
        assertThat(read("").names("app")).containsExactly("app.");
    }
}
