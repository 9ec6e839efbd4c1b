package dev.millrace.core.transport;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file such as {@code /etc/resolv.conf} says, as resolv.conf(5) has it.
 *
 * @param servers the name servers, in their order
 * @param search the domains in which a name is looked for; the last line of {@code search} or {@code domain} counts
 * @param dots how many dots a name has to have to be asked for as it stands before it is looked for in these domains
 */
record ResolverFile(List<InetSocketAddress> servers, List<String> search, int dots) {
    static final Path OF_THE_MACHINE = Path.of("/etc/resolv.conf");
    static final int PORT = 53;

    private static final String DOTS = "ndots:";
    private static final int MOST_DOTS = 15;

    /**
     * Reads a file. What it says and is not known is left out.
     *
     * @throws IOException if it cannot be read
     */
    static ResolverFile read(Path file) throws IOException {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int dots = 1;
        for (String line : Files.readAllLines(file)) {
            List<String> words = List.of(line.strip().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> values.stream().limit(1).forEach(address -> add(servers, address));
                case "search" -> search = values;
                case "domain" -> search = values.stream().limit(1).toList();
                case "options" -> dots = dots(values, dots);
                default -> {}
            }
        }
        return new ResolverFile(servers, search, dots);
    }

    /* Only an address is resolved here, which asks nobody. */
    private static void add(List<InetSocketAddress> servers, String address) {
        if (NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address)) {
            try {
                servers.add(new InetSocketAddress(InetAddress.getByName(address), PORT));
            } catch (UnknownHostException noSuchInterface) {
                servers.add(InetSocketAddress.createUnresolved(address, PORT));
            }
        }
    }

    private static int dots(List<String> options, int before) {
        return options.stream()
                .filter(option -> option.matches(DOTS + "\\d{1,9}"))
                .map(option -> Math.min(MOST_DOTS, Integer.parseInt(option.substring(DOTS.length()))))
                .reduce(before, (first, last) -> last);
    }

    /** The names to ask for, one after the other, where {@code name} is looked for. Each ends with a dot. */
    List<String> names(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        String itself = name + ".";
        List<String> names = new ArrayList<>();
        for (String domain : search) {
            names.add(itself + (domain.endsWith(".") ? domain : domain + "."));
        }
        boolean first = name.chars().filter(c -> c == '.').count() >= dots;
        names.add(first ? 0 : names.size(), itself);
        return names;
    }
}
