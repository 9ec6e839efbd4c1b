package dev.millrace.core.transport;

import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One lookup, as Prometheus does it: each name that the search list makes is asked for at one server after the other, until
 * one says whether it exists. The first name that exists is the answer; where none does, and all of them could be asked
 * for, there are no records. Its steps come one after the other.
 */
final class NameLookup {
    private final DnsClient client;
    private final DnsQuestion question;
    private final CompletableFuture<List<DnsRecord>> result = new CompletableFuture<>();
    private final List<String> problems = new ArrayList<>();
    private List<String> names = List.of();
    private List<InetSocketAddress> servers = List.of();
    private boolean unsettled;

    private NameLookup(DnsClient client, DnsQuestion question) {
        this.client = client;
        this.question = question;
    }

    /** Begins one, which reads the file first where that may block. */
    static CompletableFuture<List<DnsRecord>> start(
            DnsClient client, Path file, DnsQuestion question, EventLoops loops, Workers workers) {
        NameLookup lookup = new NameLookup(client, question);
        CompletableFuture<List<DnsRecord>> given = new CompletableFuture<>();
        lookup.result.whenComplete((records, failure) -> workers.runInAnyCase(() -> {
            if (failure == null) {
                given.complete(records);
            } else {
                given.completeExceptionally(failure);
            }
        }));
        loops.block(() -> lookup.begin(file));
        return given;
    }

    private void begin(Path file) {
        try {
            ResolverFile machine = ResolverFile.read(file);
            servers = question.servers().isEmpty() ? machine.servers() : question.servers();
            names = machine.names(question.name());
            if (servers.isEmpty()) {
                problems.add(file + " names no server (expected: a line such as 'nameserver 192.0.2.53')");
            }
        } catch (IOException e) {
            result.completeExceptionally(
                    new IOException(question.name() + ": " + file + " cannot be read: " + e.getMessage()));
            return;
        }
        ask(0, 0);
    }

    private void ask(int name, int server) {
        if (name == names.size()) {
            end();
        } else if (server == servers.size()) {
            unsettled = true;
            ask(name + 1, 0);
        } else {
            client.ask(servers.get(server), names.get(name), question.type())
                    .whenComplete((answer, failure) -> answered(name, server, answer, failure));
        }
    }

    private void answered(int name, int server, @Nullable DnsAnswer answer, @Nullable Throwable failure) {
        if (answer != null && answer.found()) {
            result.complete(answer.records());
        } else if (answer != null && answer.missing()) {
            ask(name + 1, 0);
        } else {
            String reason = answer != null ? "answered " + answer.code() : message(failure);
            String problem =
                    names.get(name) + " at " + NetUtil.toSocketAddressString(servers.get(server)) + ": " + reason;
            problems.add(problem);
            ask(name, server + 1);
        }
    }

    private void end() {
        if (unsettled) {
            result.completeExceptionally(
                    new IOException(question.name() + ": no server knows: " + String.join("; ", problems)));
        } else {
            result.complete(List.of());
        }
    }

    private static String message(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage();
    }
}
