package dev.millrace.core.transport;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The hosts that no proxy is used for, in the form of the variable {@code NO_PROXY}.
 *
 * <pre>
 * entry             hosts
 * *                 all
 * name              name and those that end in .name
 * .name, *.name     those that end in .name
 * 10.1.2.3, ::1     this address
 * 10.0.0.0/8        the addresses of this network
 * entry:port        the same with this port only; an address of IPv6 stands in brackets then
 * </pre>
 */
final class DirectHosts {
    private final List<Predicate<Destination>> rules;

    /** @throws IllegalArgumentException if an entry is none of these */
    DirectHosts(List<String> entries) {
        rules = entries.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .map(DirectHosts::rule)
                .toList();
    }

    boolean contains(Destination destination) {
        return rules.stream().anyMatch(rule -> rule.test(destination));
    }

    private static Predicate<Destination> rule(String entry) {
        if (entry.equals("*")) {
            return any -> true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return network(entry, slash);
        }
        if (NetUtil.isValidIpV6Address(entry)) {
            return host(entry);
        }
        int colon = entry.lastIndexOf(':');
        if (colon <= entry.lastIndexOf(']')) {
            return host(entry);
        }
        int port = port(entry, entry.substring(colon + 1));
        return host(entry.substring(0, colon)).and(destination -> destination.port() == port);
    }

    private static Predicate<Destination> host(String entry) {
        String host = entry.startsWith("[") && entry.endsWith("]") ? entry.substring(1, entry.length() - 1) : entry;
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            return destination -> java.util.Arrays.equals(address, address(destination));
        }
        String suffix = host.startsWith("*.") ? host.substring(1) : host.startsWith(".") ? host : "." + host;
        boolean itself = !host.startsWith("*.") && !host.startsWith(".");
        return destination -> {
            String name = destination.host().toLowerCase(Locale.ROOT);
            return name.endsWith(suffix) || itself && name.equals(host);
        };
    }

    private static Predicate<Destination> network(String entry, int slash) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(entry.substring(0, slash));
        if (address == null) {
            throw invalid(entry);
        }
        IpSubnetFilterRule rule = rule(entry, entry.substring(0, slash), entry.substring(slash + 1));
        return destination -> {
            byte[] of = address(destination);
            return of != null
                    && of.length == address.length
                    && rule.matches(new InetSocketAddress(NetUtil.bytesToIpAddress(of), 1));
        };
    }

    @SuppressWarnings("UnusedException")
    private static IpSubnetFilterRule rule(String entry, String address, String bits) {
        try {
            return new IpSubnetFilterRule(address, Integer.parseInt(bits), IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw invalid(entry);
        }
    }

    @SuppressWarnings("UnusedException")
    private static int port(String entry, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw invalid(entry);
        }
    }

    private static IllegalArgumentException invalid(String entry) {
        return new IllegalArgumentException(
                "NoProxy: '" + entry + "' (expected: a name, an address, or a network such as 10.0.0.0/8)");
    }

    /** The address that the host is written as; null for a name. */
    @SuppressWarnings("ReturnsNullCollection")
    private static byte @org.jspecify.annotations.Nullable [] address(Destination destination) {
        return NetUtil.createByteArrayFromIpAddressString(destination.host());
    }
}
