package dev.millrace.plugin.service.otlp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options as the host binds them. */
final class OptionsForTests {
    static final OtlpOptions DEFAULTS = with(List.of(), false, List.of(), 100);

    private OptionsForTests() {}

    static OtlpOptions with(List<String> promoted, boolean all, List<String> ignored, int streams) {
        return new OtlpOptions(
                new Protocols(
                        Optional.of(new GrpcOptions("127.0.0.1:4317", 4, Optional.empty())),
                        Optional.of(new HttpOptions("127.0.0.1:4318", 20, Optional.empty()))),
                "UnderscoreEscapingWithSuffixes",
                true,
                true,
                promoted,
                all,
                ignored,
                false,
                false,
                false,
                streams,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
