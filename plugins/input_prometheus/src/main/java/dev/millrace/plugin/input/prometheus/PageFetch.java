package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.Compression;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gets the pages of one target. Thread-safe. */
final class PageFetch {
    private static final String PAGE_TYPES =
            "text/plain, application/openmetrics-text or application/vnd.google.protobuf";
    private static final String GZIP = "gzip";
    /** What a compressed page may have more than a plain one. */
    private static final long GZIP_OVERHEAD = 64 << 10;
    /** How much larger a plain page mostly is, at the most. */
    private static final int USUAL_RATIO = 16;
    /** What is read of an answer that is no page, so that its connection can be used again. */
    private static final long LARGEST_ERROR = 64 << 10;

    private final HttpClient client;
    private final Compression compression;
    private final PagePool pool;
    private final Target target;
    private final ScrapeConfig config;
    private final HttpRequest request;

    PageFetch(HttpClient client, Compression compression, PagePool pool, Target target, ScrapeConfig config) {
        this.client = client;
        this.compression = compression;
        this.pool = pool;
        this.target = target;
        this.config = config;
        this.request = HttpRequest.get(target.url()).withHeaders(headers(target, config));
    }

    /**
     * What a target answered.
     *
     * @param body the body, from the pool
     * @param compressed whether it is compressed with gzip
     * @param format how the page is written
     */
    record Answer(BodyBuffer body, boolean compressed, PageFormat format) {}

    /** Asks for the page; the stage completes when the whole body is there, or fails in words for a person. */
    CompletionStage<Answer> fetch() {
        return client.send(request, target.timeout()).thenCompose(this::answer);
    }

    /** Calls {@code pool.giveBack} for what {@link #page} returned. */
    void giveBack(BodyBuffer page) {
        pool.giveBack(page);
    }

    /** The plain page of an answer, in a buffer that is to be given back. */
    BodyBuffer page(Answer answer) throws IOException, ScrapeException {
        if (!answer.compressed()) {
            return answer.body();
        }
        BodyBuffer page = pool.take();
        try {
            decompress(answer.body(), page);
            return page;
        } catch (IOException | ScrapeException | RuntimeException e) {
            pool.giveBack(page);
            throw e;
        } finally {
            pool.giveBack(answer.body());
        }
    }

    /* The plain length is not known before, so a page that needs more room than expected is decompressed again. */
    private void decompress(BodyBuffer body, BodyBuffer page) throws IOException, ScrapeException {
        long expected = Math.min(pool.largest() / 2, USUAL_RATIO * (long) body.length());
        pool.reserve(page, (int) Math.min(limit(), expected));
        while (true) {
            long room = Math.min(limit(), page.capacity() - 1); // one is for the byte that shows that there is more
            try {
                compression.decompress(GZIP, body, page, room);
                return;
            } catch (BodyTooLargeException e) {
                if (room == limit()) {
                    throw e;
                }
            } catch (IOException e) {
                throw new IOException("body: damaged gzip, " + e.getMessage() + " (expected: a whole gzip stream)", e);
            }
            page.clear();
            pool.reserve(page, page.capacity() + 1);
        }
    }

    private CompletionStage<Answer> answer(HttpResponse response) {
        String encoding = response.headers().first("Content-Encoding").orElse("identity");
        boolean compressed = encoding.equalsIgnoreCase(GZIP);
        PageFormat format;
        try {
            checkStatus(response);
            format = format(response.headers().first("Content-Type").orElse(""));
            if (!compressed && !encoding.equalsIgnoreCase("identity")) {
                throw new ScrapeException("Content-Encoding: '" + encoding + "' (expected: gzip or none)");
            }
        } catch (ScrapeException e) {
            discard(response.body());
            return CompletableFuture.failedFuture(e);
        }
        long limit = compressed ? limit() + GZIP_OVERHEAD : limit();
        PageCollector collector = new PageCollector(pool, limit, compressed, format);
        response.body().subscribe(collector);
        return collector.result();
    }

    private static void checkStatus(HttpResponse response) throws ScrapeException {
        if (response.status() == 200) {
            return;
        }
        String location = response.headers()
                .first("Location")
                .map(where -> ", it points to " + where)
                .orElse("");
        throw new ScrapeException("HTTP status " + response.status() + location + " (expected: 200)");
    }

    private PageFormat format(String type) throws ScrapeException {
        Optional<PageFormat> format = MediaType.format(type).or(config.negotiation()::fallback);
        if (format.isPresent()) {
            return format.get();
        }
        String expected = " (expected: " + PAGE_TYPES + "; or set fallback_scrape_protocol)";
        if (type.isEmpty()) {
            throw new ScrapeException("no Content-Type" + expected);
        }
        String remark = type.strip().toLowerCase(Locale.ROOT).startsWith("text/html")
                ? "; the target answers HTML, is this its page of metrics?"
                : "";
        throw new ScrapeException("Content-Type: '" + type + "'"
                + (remark.isEmpty() ? expected : " (expected: " + PAGE_TYPES + remark + ")"));
    }

    private void discard(HttpBody body) {
        BodyBuffer buffer = pool.take();
        body.collect(buffer, LARGEST_ERROR).whenComplete((collected, failure) -> pool.giveBack(buffer));
    }

    /* As in Prometheus, a page of as many bytes as the limit is too large. */
    private long limit() {
        long bytes = config.limits().body().bytes();
        return bytes == 0 ? Integer.MAX_VALUE - 8L : bytes - 1;
    }

    private static HttpHeaders headers(Target target, ScrapeConfig config) {
        String seconds = BigDecimal.valueOf(target.timeout().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
        return HttpHeaders.of(
                "Accept",
                config.negotiation().accept(),
                "Accept-Encoding",
                config.negotiation().enableCompression() ? GZIP : "identity",
                "X-Prometheus-Scrape-Timeout-Seconds",
                seconds);
    }
}
