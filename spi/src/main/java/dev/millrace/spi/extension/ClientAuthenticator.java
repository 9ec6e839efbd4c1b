package dev.millrace.spi.extension;

import dev.millrace.spi.Component;
import dev.millrace.spi.http.HttpRequest;
import java.util.concurrent.CompletionStage;

/** Proves to a server who is asking. Thread-safe. */
public interface ClientAuthenticator extends Component {
    /**
     * Adds credentials to a request that is complete otherwise.
     *
     * @return the request to send; it fails where there are no credentials at the moment
     */
    CompletionStage<HttpRequest> authenticate(HttpRequest request);
}
