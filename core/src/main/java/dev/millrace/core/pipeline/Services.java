package dev.millrace.core.pipeline;

import dev.millrace.core.cache.Caches;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.tap.Taps;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.Compression;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all pipelines of a host share.
 *
 * @param workers as many threads as cores, for what plugins compute
 * @param transport HTTP
 * @param metrics the registry of the host's metrics
 * @param shown what components show at the admin address
 * @param taps who looks at what passes components
 * @param compression compression by name
 * @param caches what was computed before
 * @param temporary the folder in which components have theirs
 * @param clock the time
 * @param calls the calls into plugins
 */
public record Services(
        ScheduledExecutorService workers,
        Transport transport,
        MetricRegistry metrics,
        ShownDocuments shown,
        Taps taps,
        Compression compression,
        Caches caches,
        Path temporary,
        Clock clock,
        PluginCalls calls) {}
