package dev.millrace.plugin.discovery.dns;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.dns.DnsType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The options of {@code discovery_dns}, with the keys of Prometheus' {@code dns_sd_config}.
 *
 * @param names the names that are looked up
 * @param type what is looked up, as {@link DnsType} names it, in letters of any case
 * @param port the port of targets of which no record tells one
 * @param refreshInterval how often they are looked up
 * @param nameServers who is asked, instead of the servers of the machine
 */
@SnakeCase
@Doc(value = "Finds targets by looking names up in the DNS.", example = """
        names: [_metrics._tcp.example.com]
        """)
public record DnsDiscoveryOptions(
        @Doc(
                value =
                        "The names that are looked up; one without a dot at its end also in the search list of the machine.",
                example = "[_metrics._tcp.example.com]")
        List<String> names,

        @Doc("What is looked up: SRV, A, AAAA, MX or NS.") @Default("SRV")
        String type,

        @Doc(value = "The port of the targets; required for all types but SRV, which tells it.", example = "9100")
        @Default("0")
        int port,

        @Doc("How often they are looked up.") @Default("30s")
        Duration refreshInterval,

        @Doc(
                value =
                        "Servers that are asked instead of those in /etc/resolv.conf, as ADDRESS or ADDRESS:PORT; a key of Millrace.",
                example = "['127.0.0.1:8600']")
        List<String> nameServers) {
    private static final int LARGEST_PORT = 65_535;
    private static final int DNS_PORT = 53;
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String V4 = "(?:" + OCTET + "\\.){3}" + OCTET;
    private static final String V6 = "[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";
    private static final Pattern SERVER =
            Pattern.compile("(?:\\[(" + V6 + ")]|(" + V4 + "))(?::(\\d{1,5}))?|(" + V6 + ")");

    public DnsDiscoveryOptions {
        names = List.copyOf(names);
        nameServers = List.copyOf(nameServers);
        String upper = type.toUpperCase(Locale.ROOT);
        if (names.isEmpty()) {
            throw new InvalidOptionException("names", "none (expected: at least one name)");
        }
        if (Arrays.stream(DnsType.values()).noneMatch(each -> each.name().equals(upper))) {
            throw new InvalidOptionException("type", "'" + type + "' (expected: SRV, A, AAAA, MX or NS)");
        }
        if (port < 0 || port > LARGEST_PORT || port == 0 && !upper.equals("SRV")) {
            throw new InvalidOptionException("port", port + " (expected: 1 to 65535 for the type " + upper + ")");
        }
        if (refreshInterval.toMillis() < 1) {
            throw new InvalidOptionException("refreshInterval", refreshInterval.toMillis() + "ms (expected: > 0)");
        }
        nameServers.forEach(DnsDiscoveryOptions::server);
    }

    /** What is looked up. */
    DnsType recordType() {
        return DnsType.valueOf(type.toUpperCase(Locale.ROOT));
    }

    /** Who is asked; none for the servers of the machine. */
    List<InetSocketAddress> servers() {
        return nameServers.stream().map(DnsDiscoveryOptions::server).toList();
    }

    private static InetSocketAddress server(String text) {
        Matcher matcher = SERVER.matcher(text);
        if (matcher.matches()) {
            String port = matcher.group(3);
            int number = port == null ? DNS_PORT : Integer.parseInt(port);
            String host = Stream.of(1, 2, 4)
                    .map(matcher::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            if (number > 0 && number <= LARGEST_PORT) {
                InetSocketAddress address = new InetSocketAddress(host, number);
                if (!address.isUnresolved()) {
                    return address;
                }
            }
        }
        throw new InvalidOptionException(
                "nameServers", "'" + text + "' (expected: an IP address, or one with a port, such as 127.0.0.1:8600)");
    }
}
