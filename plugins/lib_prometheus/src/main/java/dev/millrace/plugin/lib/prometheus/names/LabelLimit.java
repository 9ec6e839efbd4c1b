package dev.millrace.plugin.lib.prometheus.names;

/** How many labels a series or an exemplar that is received may have. */
public final class LabelLimit {
    /** As many as there may be, so that what is made to be slow is not read for hours: each is compared with all others. */
    public static final int MOST = 1024;

    private LabelLimit() {}
}
