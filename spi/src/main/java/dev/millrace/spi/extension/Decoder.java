package dev.millrace.spi.extension;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Component;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.http.HttpHeaders;
import java.util.List;

/** Turns the body of a request, which is decompressed already, into batches. Stateless and thread-safe. */
public interface Decoder extends Component {
    /** The formats it reads. */
    List<Format> formats();

    /**
     * Reads a body whole, or not at all.
     *
     * @param format the name of one of {@link #formats()}; which version it is, the headers say
     * @param headers the headers of the request
     * @param body the plain body; its array may be reused after the call
     * @return the batches, in the order of the body; none where the body is valid and empty
     * @throws DecodingException if the body is damaged or of another format
     */
    List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) throws DecodingException;

    /**
     * Header fields of the answer to a request, where clients of the format want to be told what was kept of it.
     *
     * @param format the name of the format, as for {@link #decode}
     * @param headers the headers of the request
     * @param kept those batches of its body that are kept; none where it is refused, perhaps before the body was read
     */
    default HttpHeaders answer(String format, HttpHeaders headers, List<EventBatch> kept) {
        return HttpHeaders.EMPTY;
    }
}
