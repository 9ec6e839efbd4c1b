package dev.millrace.plugin.service.http;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import java.util.List;
import java.util.Optional;

/** Options as the host binds them. */
final class OptionsForTests {
    private OptionsForTests() {}

    static HttpServerOptions of(String address, Optional<String> path, long size) {
        return of(address, path, PushFormat.PROMETHEUS, List.of(), List.of(), size);
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
                new ByteSize(size));
    }
}
