package dev.millrace.plugin.lib.push;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A protocol by which clients push, for {@link PushHandler}. Thread-safe. */
public interface Push {
    /** What is wrong with a request that can be said without its body, so that this takes no memory. */
    Optional<Problem> check(HttpRequest request);

    /**
     * Takes a body.
     *
     * @param body the plain body
     * @return the answer, when it is known what became of it
     * @throws DecodingException if the body is damaged, or of a format that is not read
     */
    CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer body) throws DecodingException;

    /** The answer that says why nothing of a request was kept. */
    HttpResponse refused(HttpRequest request, Problem problem);
}
