package dev.millrace.core.config;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the host, in {@code millrace.yaml}.
 *
 * @param admin the admin endpoint
 * @param plugins where plugins are found
 */
@Doc(value = "Settings of the host.", example = """
        Admin:
          Address: 127.0.0.1:8686
        Plugins:
          Folders: [/opt/millrace/plugins]
        """)
public record HostSettings(
        @Doc("The admin endpoint.") Admin admin,
        @Doc("Where plugins are found.") Plugins plugins) {

    /**
     * Reads the host's settings. An empty file means the defaults.
     *
     * @return empty if there were problems
     */
    public static Optional<HostSettings> read(Path file, Environment environment, Problems problems) {
        return HostFile.read(file, environment, problems).map(HostFile::settings);
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
     * Where plugins are found, and which of them may be used.
     *
     * @param folders more folders, beside the host's own; a relative one starts at the folder of this file
     * @param sha256 for each pinned jar, named by its path below its plugin folder, its SHA-256 in hexadecimal digits
     * @param verify whether jars without a pin are used
     * @param watch whether a changed jar is taken without a reload being asked for
     * @param repository where plugins are downloaded from that are named without a URL
     */
    public record Plugins(
            @Doc(
                    value =
                            "More folders with plugins, beside the one that ships; a relative one starts at the folder of this file.",
                    example = "[/opt/millrace/plugins]")
            List<String> folders,

            @Doc(
                    value =
                            "The SHA-256 that a jar must have, by the jar's path below its plugin folder, such as flusher_x.jar.",
                    example = "{flusher_x.jar: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}")
            Map<String, String> sha256,

            @Doc(
                    "pinned refuses a jar that is not what Sha256 says; required also refuses one that Sha256 does not name.")
            @Default("pinned")
            Verify verify,

            @Doc("Whether a jar that was added, replaced or removed is taken by itself; else at the next reload.")
            @Default("false")
            boolean watch,

            @Doc(
                    value =
                            "The URL under which 'millrace plugins install NAME' looks for jars; it may be a mirror of your own.",
                    example = "https://plugins.example.com/millrace/")
            Optional<String> repository) {
        private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

        public Plugins {
            sha256 = Map.copyOf(sha256);
            sha256.forEach((jar, hash) -> {
                if (!HASH.matcher(hash).matches()) {
                    throw new InvalidOptionException(
                            "sha256", jar + ": '" + hash + "' (expected: the SHA-256 in 64 hexadecimal digits)");
                }
            });
        }
    }

    /** Which jars of plugins are used. */
    public enum Verify {
        PINNED,
        REQUIRED
    }
}
