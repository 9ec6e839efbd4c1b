package dev.millrace.plugin.discovery.http;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * The options of {@code discovery_http}, with the keys of Prometheus' {@code http_sd_config}.
 *
 * @param url where the list is
 * @param refreshInterval how often it is asked for
 * @param client how the server is asked
 */
@SnakeCase
@Doc(value = "Finds targets by asking a server for a list of them, in Prometheus' JSON.", example = """
        url: 'http://inventory.example.com/targets'
        """)
public record HttpDiscoveryOptions(
        @Doc(value = "Where the list is; http or https.", example = "http://inventory.example.com/targets")
        String url,

        @Doc("How often it is asked for, and how long an answer may take.") @Default("60s")
        Duration refreshInterval,

        @Inline HttpClientConfig client) {
    public HttpDiscoveryOptions {
        if (!isUrl(url)) {
            throw new InvalidOptionException("url", "'" + url + "' (expected: a URL with http or https and a host)");
        }
        if (refreshInterval.toMillis() < 1) {
            throw new InvalidOptionException("refreshInterval", refreshInterval.toMillis() + "ms (expected: > 0)");
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getAuthority() != null
                    && uri.getUserInfo() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException notOne) {
            return false;
        }
    }
}
