package dev.millrace.core.config;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the host, in {@code millrace.yaml}.
 *
 * @param admin the admin endpoint
 * @param plugins where plugins are found
 */
@Doc("Settings of the host.")
public record HostSettings(
        @Doc("The admin endpoint.") Admin admin,
        @Doc("Where plugins are found.") Plugins plugins) {

    /**
     * Reads the host's settings. An empty file means the defaults.
     *
     * @return empty if there were problems
     */
    public static Optional<HostSettings> read(Path file, Environment environment, Problems problems) {
        return SettingsFile.read(file, HostSettings.class, environment, problems);
    }

    /**
     * The admin endpoint.
     *
     * @param address where it listens, as {@code host:port}; port 0 takes any that is free
     */
    public record Admin(
            @Doc("Where it listens, as host:port.") @Default("127.0.0.1:8686")
            String address) {
        private static final Pattern ADDRESS =
                Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:/\\s]+)):(\\d{1,5})");

        public Admin {
            Matcher matcher = ADDRESS.matcher(address);
            if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65535) {
                throw new InvalidOptionException(
                        "address", "'" + address + "' (expected: host:port, such as 127.0.0.1:8686 or [::1]:8686)");
            }
        }

        /** The address, with the host not resolved yet. */
        public InetSocketAddress socketAddress() {
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, colon);
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return InetSocketAddress.createUnresolved(bare, Integer.parseInt(address.substring(colon + 1)));
        }
    }

    /**
     * Where plugins are found.
     *
     * @param folders more folders, beside the host's own; a relative one starts at the folder of this file
     */
    public record Plugins(
            @Doc(
                    "More folders with plugins, beside the one that ships; a relative one starts at the folder of this file.")
            List<String> folders) {}
}
