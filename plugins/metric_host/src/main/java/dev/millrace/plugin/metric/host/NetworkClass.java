package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The properties of one network device. Not thread-safe. */
final class NetworkClass {
    private static final long ADMINISTRATIVELY_UP = 1;

    private final String name;
    private final Family info;
    private final List<Numeric> properties;
    private final LabelFile state;
    private final List<LabelFile> texts;
    private final Path flags;
    private final Series up;
    private boolean enabled;
    private Series infoSeries;

    NetworkClass(String name, Path folder, List<NetworkClassCollector.Property> properties, Family up, Family info) {
        this.name = name;
        this.info = info;
        this.properties = properties.stream()
                .map(one -> new Numeric(folder.resolve(one.file()), one.family().series("device", name), one.factor()))
                .toList();
        this.state = new LabelFile("operstate", folder.resolve("operstate"));
        this.texts = Stream.concat(
                        Stream.of(state),
                        Stream.of("address", "broadcast", "duplex", "ifalias")
                                .map(file -> new LabelFile(file, folder.resolve(file))))
                .toList();
        this.flags = folder.resolve("flags");
        this.up = up.series("device", name);
        this.infoSeries = infoSeries();
    }

    private record Numeric(Path file, Series series, double factor) {}

    /** Adds the samples of this moment. */
    void add(ProcText text, Samples samples) throws IOException {
        for (int i = 0; i < properties.size(); i++) {
            Numeric one = properties.get(i);
            if (text.isGiven(one.file()) && text.nextLine() && text.nextField()) {
                samples.add(one.series(), text.integer() * one.factor());
            }
        }
        boolean enabledBefore = enabled;
        enabled = text.isGiven(flags)
                && text.nextLine()
                && text.nextField()
                && ((long) text.integer() & ADMINISTRATIVELY_UP) != 0;
        if (LabelFile.refresh(texts, text) || enabled != enabledBefore) {
            infoSeries = infoSeries();
        }
        samples.add(up, state.value().equals("up") ? 1 : 0);
        samples.add(infoSeries, 1);
    }

    private Series infoSeries() {
        return info.series(LabelFile.labels(texts, "device", name, "adminstate", enabled ? "up" : "down"));
    }
}
