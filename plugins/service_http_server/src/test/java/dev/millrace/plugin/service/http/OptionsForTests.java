package dev.millrace.plugin.service.http;

import dev.millrace.plugin.service.http.statsd.StatsdOptions;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options as the host binds them. */
final class OptionsForTests {
    private static final StatsdOptions STATSD =
            new StatsdOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), 10_000, List.of());

    private OptionsForTests() {}

    static HttpServerOptions of(String address, Optional<String> path, long size) {
        return of(address, path, PushFormat.PROMETHEUS, List.of(), List.of(), size);
    }

    /** Options with an authenticator, or with a limit of requests and bytes in a second. */
    static HttpServerOptions guarded(boolean authenticator, int requests, long bytes) {
        HttpServerOptions plain = of("127.0.0.1:12345", Optional.empty(), 1000);
        return new HttpServerOptions(
                plain.address(),
                plain.path(),
                plain.format(),
                plain.decoder(),
                List.of(),
                "",
                List.of(),
                "",
                plain.maxBodySize(),
                Optional.empty(),
                authenticator
                        ? Optional.of(new ComponentRef<>(ComponentId.parse("ext_server_auth")))
                        : Optional.empty(),
                Optional.empty(),
                Optional.of(requests),
                Optional.of(new ByteSize(bytes)),
                STATSD);
    }

    static HttpServerOptions of(
            String address,
            Optional<String> path,
            PushFormat format,
            List<String> queryParams,
            List<String> headerParams,
            long size) {
        return new HttpServerOptions(
                address,
                path,
                format,
                new ComponentRef<>(ComponentId.parse("ext_default_decoder")),
                queryParams,
                "",
                headerParams,
                "header_",
                new ByteSize(size),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                STATSD);
    }
}
