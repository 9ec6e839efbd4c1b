package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import dev.millrace.spi.http.HttpRequest;
import java.util.concurrent.CompletionStage;

/** Proves to a server who is asking. Thread-safe. */
public interface ClientAuthenticator extends Component {
    /**
     * Adds credentials to a request that is complete otherwise.
     *
     * @return the request to send; where there are no credentials at the moment it fails with
     *     {@link dev.millrace.spi.http.NotSentException}, or, where a person has to change something first, with
     *     {@link dev.millrace.spi.http.HttpConfigurationException}
     */
    CompletionStage<HttpRequest> authenticate(HttpRequest request);

    /**
     * Told that a server answered 401 to a request with these credentials.
     *
     * @param request what {@link #authenticate} returned
     * @return whether the next request has other credentials, so that it is worth to send it again at once
     */
    default boolean refused(HttpRequest request) {
        return false;
    }
}
