package dev.millrace.core.host;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Served;
import dev.millrace.core.message.Wording;
import dev.millrace.spi.config.Listens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Components that could not listen at the same time, found without opening a socket: those that want one path at one address,
 * or one address with different encryption, or its datagrams; and those that want one port at all addresses and at a single
 * one. Others share a socket. Names are not looked up.
 */
final class ListenClashes {
    private static final Set<String> ALL = Set.of("0.0.0.0", "::");

    private ListenClashes() {}

    /** What is wrong, each at the place of the later one. */
    static List<Problem> among(List<Served> all) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int before = 0; before < i; before++) {
                Wording clash = clash(all.get(i).address(), all.get(before));
                if (clash != null) {
                    problems.add(new Problem(all.get(i).location(), all.get(i).path(), clash));
                    break;
                }
            }
        }
        return problems;
    }

    private static @Nullable Wording clash(Listens.Address later, Served earlier) {
        Listens.Address other = earlier.address();
        String host = host(later);
        String otherHost = host(other);
        if (later.port() == 0 || later.port() != other.port() || later.datagrams() != other.datagrams()) {
            return null;
        }
        Location place = earlier.location();
        if (host.equals(otherHost)) {
            return atOneAddress(later, other, place);
        }
        return ALL.contains(host) || ALL.contains(otherHost)
                ? HostMessage.PORT_CLASH.with(shown(later), shown(other), place)
                : null;
    }

    private static @Nullable Wording atOneAddress(Listens.Address later, Listens.Address other, Location place) {
        if (later.datagrams()) {
            return HostMessage.DATAGRAM_CLASH.with(shown(later), place);
        }
        if (path(later).equals(path(other))) {
            return HostMessage.PATH_CLASH.with(shown(later), later.path(), place);
        }
        return later.encryption().equals(other.encryption())
                ? null
                : HostMessage.TLS_CLASH.with(shown(later), later.encryption().isPresent() ? "with" : "without", place);
    }

    private static String host(Listens.Address address) {
        String host = address.host().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    private static String path(Listens.Address address) {
        return address.path().replaceFirst("/+$", "");
    }

    private static String shown(Listens.Address address) {
        return address.host() + ":" + address.port();
    }
}
