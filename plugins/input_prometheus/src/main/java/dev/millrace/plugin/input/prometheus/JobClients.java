package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.credentials.client.ConfiguredClient;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients by which jobs ask their targets. Those whose connections are made alike share them, and those that are set up
 * alike share their credentials, too.
 */
final class JobClients {
    /** Each target has one request at a time, so nothing has to wait for a connection. */
    private static final HttpClientSettings CONNECTIONS =
            new HttpClientSettings(Duration.ofSeconds(10), 65_536, 1000, Duration.ofMinutes(5));

    private final Map<HttpClientConfig, HttpClient> clients = new HashMap<>();

    JobClients(Collection<ScrapeConfig> jobs, PluginContext context) {
        Map<HttpClientSettings, HttpClient> connections = new HashMap<>();
        for (ScrapeConfig job : jobs) {
            HttpClient own = connections.computeIfAbsent(job.client().settings(CONNECTIONS), context::httpClient);
            clients.computeIfAbsent(job.client(), config -> ConfiguredClient.over(own, config, context));
        }
    }

    /** The client of a job. */
    HttpClient of(ScrapeConfig job) {
        HttpClient client = clients.get(job.client());
        if (client == null) {
            throw new IllegalArgumentException(job.jobName() + " (expected: one of the input's jobs)");
        }
        return client;
    }
}
