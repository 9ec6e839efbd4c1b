package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.pipeline.Outcome;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options that say what answers mean, held inline by {@link HttpFlusherSettings}.
 *
 * @param statuses meanings of statuses that go before those of {@link StatusTable}
 * @param onMisconfigured what becomes of data while nothing can be delivered until a person changes something
 * @param isolateRejected whether a request that is answered with 400 is cut in halves until the row at fault is alone
 */
public record AnswerSettings(
        @Doc(
                value =
                        "What statuses mean, other than by default: delivered, retry, held, split or rejected, such as {408: retry}.",
                example = "{408: retry}")
        Map<String, StatusTable.Meaning> statuses,

        @Doc(
                "What happens while a person has to change something, such as a password: hold keeps everything and tries once"
                        + " a minute; reject gives it up and counts it.")
        @Default("hold")
        OnMisconfigured onMisconfigured,

        @Doc("Whether a request that is answered with 400 is cut in halves until what is at fault is alone.")
        @Default("false")
        boolean isolateRejected) {

    /** The defaults. */
    public static final AnswerSettings DEFAULT = new AnswerSettings(Map.of(), OnMisconfigured.HOLD, false);

    /** The status of rows that are given up because a person has to change something, where no answer said so. */
    static final String MISCONFIGURED = "misconfigured";

    private static final Pattern STATUS = Pattern.compile("[1-9][0-9][0-9]");

    /** What becomes of data that can not be delivered until a person changes something. */
    public enum OnMisconfigured {
        /** It is kept. */
        HOLD,
        /** It is given up and counted. */
        REJECT
    }

    public AnswerSettings {
        statuses = Map.copyOf(statuses);
        for (String status : statuses.keySet()) {
            if (!STATUS.matcher(status).matches()) {
                throw new InvalidOptionException(
                        "statuses", "'" + status + "' (expected: a status of three digits, such as 408)");
            }
        }
    }

    /**
     * What becomes of a slice while a person has to change something.
     *
     * @param status the status of the answer that said so; 0 if there was none
     * @param reason what is wrong, in words
     */
    public Outcome misconfigured(int status, String reason) {
        return switch (onMisconfigured) {
            case HOLD -> new Outcome.Held(reason);
            case REJECT -> new Outcome.Rejected(status >= 300 ? Integer.toString(status) : MISCONFIGURED, reason);
        };
    }

    /** A table with the user's meanings before its own. */
    StatusTable over(StatusTable table) {
        StatusTable changed = table;
        for (Map.Entry<String, StatusTable.Meaning> entry : statuses.entrySet()) {
            changed = changed.with(Integer.parseInt(entry.getKey()), entry.getValue());
        }
        return changed;
    }
}
