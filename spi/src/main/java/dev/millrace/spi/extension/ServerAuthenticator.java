package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says to a server who is asking. Thread-safe. */
public interface ServerAuthenticator extends Component {
    /**
     * Looks at the head of a request, and at the other side of its connection; the body is not read.
     *
     * @return completes with who it is, or why it is refused
     */
    CompletionStage<Access> authenticate(HttpRequest request);

    /** A handler that is called for clients which may go on; the others are answered in its place. */
    default HttpHandler guard(HttpHandler handler) {
        return request -> authenticate(request)
                .thenCompose(access -> access instanceof Refused refused
                        ? CompletableFuture.completedFuture(refused.answer())
                        : handler.handle(request));
    }

    /** What came of it. */
    sealed interface Access permits Granted, Refused {}

    /**
     * The client may go on.
     *
     * @param client its name
     */
    record Granted(String client) implements Access {}

    /**
     * The client may not.
     *
     * @param status 401 where other credentials may do, 403 where none would, 429 where it can not be said at the moment
     * @param message one line for the client, without secrets
     * @param challenges what it can prove itself by, as values of {@code WWW-Authenticate}; at least one with 401
     */
    record Refused(int status, String message, List<String> challenges) implements Access {
        private static final int LATER = 429;

        public Refused {
            challenges = List.copyOf(challenges);
            if (status != 401 && status != 403 && status != LATER || status == 401 && challenges.isEmpty()) {
                throw new IllegalArgumentException("status: " + status + ", challenges: " + challenges
                        + " (expected: 403, 429, or 401 and what it can prove itself by)");
            }
        }

        /** The answer to the request. */
        public HttpResponse answer() {
            HttpResponse text = HttpResponse.text(status, message + "\n");
            HttpHeaders fields = text.headers();
            if (status == LATER) {
                fields = fields.with("Retry-After", "1");
            }
            for (String challenge : challenges) {
                fields = fields.plus("WWW-Authenticate", challenge);
            }
            return new HttpResponse(status, fields, text.body());
        }
    }
}
