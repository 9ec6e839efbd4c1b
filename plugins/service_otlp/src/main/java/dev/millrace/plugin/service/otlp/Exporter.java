package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import java.util.concurrent.CompletionStage;

/** Takes requests of one signal. Thread-safe. */
interface Exporter {
    /**
     * Takes a request.
     *
     * @param request its protobuf
     * @return completes when it is known what became of it
     * @throws DecodingException if it is damaged
     */
    CompletionStage<Export> export(BodyBuffer request) throws DecodingException;
}
