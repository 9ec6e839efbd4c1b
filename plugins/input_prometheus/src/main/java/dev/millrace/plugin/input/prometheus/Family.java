package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the pages of a target say of one metric family. */
final class Family {
    private static final String TOTAL = "_total";

    private final byte[] text;
    private final String name;
    private byte[] helpText = new byte[0];
    private Metadata metadata;
    private int version;
    private int used;

    /** The family that came after it when it was last used: probably the one that comes next. */
    @Nullable
    Family next;

    Family(byte[] text, String name) {
        this.text = text;
        this.name = name;
        this.metadata = new Metadata(name, MetricType.UNKNOWN, "", "");
    }

    boolean is(byte[] bytes, int from, int to) {
        return Arrays.equals(text, 0, text.length, bytes, from, to);
    }

    Metadata metadata() {
        return metadata;
    }

    /** Changes with the type, so that {@link #has} may answer otherwise. */
    int version() {
        return version;
    }

    void type(MetricType type) {
        if (metadata.type() != type) {
            metadata = new Metadata(name, type, metadata.help(), "");
            version++;
        }
    }

    /** Whether the description, as it stands in the page, is the one that is known. */
    boolean hasHelp(byte[] bytes, int from, int to) {
        return Arrays.equals(helpText, 0, helpText.length, bytes, from, to);
    }

    void help(byte[] asInPage, String help) {
        helpText = asInPage;
        metadata = new Metadata(name, metadata.type(), help, "");
    }

    void use(int scrape) {
        used = scrape;
    }

    boolean usedSince(int scrape) {
        return used >= scrape;
    }

    /** Whether a metric of this name belongs to the family: one of the names that its type gives to its series. */
    boolean has(String metric) {
        return switch (metadata.type()) {
            case COUNTER -> cut(metric, TOTAL).equals(cut(name, TOTAL));
            case HISTOGRAM ->
                metric.equals(name) || isWith(metric, "_bucket") || isWith(metric, "_sum") || isWith(metric, "_count");
            case SUMMARY -> metric.equals(name) || isWith(metric, "_sum") || isWith(metric, "_count");
            default -> metric.equals(name);
        };
    }

    private boolean isWith(String metric, String suffix) {
        return metric.length() == name.length() + suffix.length() && metric.startsWith(name) && metric.endsWith(suffix);
    }

    private static String cut(String metric, String suffix) {
        return metric.endsWith(suffix) ? metric.substring(0, metric.length() - suffix.length()) : metric;
    }
}
