package dev.millrace.spi.dns;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A question to name servers.
 *
 * @param name the name; one that does not end with a dot is also looked for in the machine's search list
 * @param type what is asked for
 * @param servers who is asked, one after the other until one gives an answer; none: those of the machine
 */
public record DnsQuestion(String name, DnsType type, List<InetSocketAddress> servers) {
    public DnsQuestion {
        servers = List.copyOf(servers);
    }
}
