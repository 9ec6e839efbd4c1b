package dev.millrace.spi.testing;

/** What the SPI asks of a plugin; {@link PluginRules} finds who does otherwise. */
public enum Rule {
    /** The factory gives the same {@code type()} each time: lower-case letters, digits and {@code _}. */
    NAMED("the factory names itself the same way each time, with lower-case letters, digits and _"),
    /** {@code META-INF/services/dev.millrace.spi.PluginFactory} names the factory. */
    FOUND("META-INF/services/dev.millrace.spi.PluginFactory names the factory"),
    /** Each option has a {@code @Doc}. */
    DOCUMENTED("each option says with @Doc what it does"),
    /** {@code create} returns a component of {@code kind()}. */
    CREATED("create returns a component of the factory's kind"),
    /** {@code create} acquires, but sends nothing and hands over nothing. */
    WORKS_AFTER_CREATE("create does not begin to work"),
    /** What fails says why, in the message of an exception that is no {@code Error}. */
    SAYS_WHY("create and start that fail say why, in the message of an Exception"),
    /** No call waits for another machine, a person or a lock that is held. */
    RETURNS_SOON("no call waits"),
    /** {@code stop} throws nothing, whatever happened before. */
    STOPS_QUIETLY("stop throws nothing, whatever happened before"),
    /** Nothing is handed over after {@code stop}. */
    ENDS("nothing is handed over or sent after stop"),
    /** Threads and timers are those of the host. */
    NO_THREADS("a plugin makes no threads and no timers"),
    /** Nothing of a plugin stays: threads, values in threads of others, shutdown hooks, handlers, management beans. */
    LEAVES_NOTHING("a plugin leaves nothing behind when it has stopped"),
    /** A method that returns something returns no {@code null}. */
    NO_NULL("nothing that is asked for is null"),
    /** A method throws what it declares, and nothing else, for every kind of batch and every byte. */
    THROWS_AS_DECLARED("a method throws what the SPI says, and nothing else"),
    /** Each slice gets its outcome, of whatever kind its rows are. */
    ANSWERS("each slice gets an outcome, of whatever kind its rows are, and whatever happens on the way"),
    /** An outcome comes once, and stays as it is. */
    ANSWERS_ONCE("an outcome comes once, and stays as it is"),
    /** Numbers of rows in an outcome are between 0 and the rows of the slice; reasons are given. */
    COUNTS("an outcome counts no more rows than the slice has, and gives its reason"),
    /** A request leaves only after {@code slice.record} has completed. */
    RECORDS_FIRST("a request leaves after slice.record has completed"),
    /** The same slice becomes the same bytes. */
    SAME_BYTES("the same slice becomes the same bytes each time"),
    /** What no server took is not delivered. */
    NOT_LOST("what no server took is not called delivered"),
    /** After a fault it works again. */
    RECOVERS("after a fault it works as before"),
    /** A client is told that it can forget its data only when these are committed. */
    COMMITS_FIRST("a client gets its 2xx when its batches are committed, not before"),
    /** An interceptor passes a request on once, and does not change what comes back into another outcome. */
    PASSES_ON_ONCE("an interceptor calls next once at most, and fails where that fails"),
    /** It may be called by several threads at once. */
    THREAD_SAFE("calls from several threads at once get the answers that they get one by one");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The rule in one sentence. */
    public String text() {
        return text;
    }
}
