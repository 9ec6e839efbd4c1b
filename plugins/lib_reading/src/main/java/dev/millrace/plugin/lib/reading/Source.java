package dev.millrace.plugin.lib.reading;

/** What is read again and again. One reading at a time calls it, on threads of the host. */
public interface Source {
    /** Begins what takes a while, at the most two seconds or a third of the interval before {@link #read}. */
    default void prepare() {}

    /** Adds what there is at this moment. */
    void read(Samples samples);

    /** No reading follows; one may be under way. */
    default void stop() {}
}
