package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** The time, its zone, and where the kernel takes it from: files below /sys/devices/system/clocksource. */
final class TimeCollector implements Collector {
    private static final double SECOND = 1000;

    private final Clock clock;
    private final ZoneRules rules;
    private final Series time;
    private final Series[] offsets;
    private final List<ClockSource> sources = new ArrayList<>();
    private final ProcText text = new ProcText();

    TimeCollector(Host host) {
        clock = host.clock();
        TimeZone zone = TimeZone.getDefault();
        rules = zone.toZoneId().getRules();
        Families families = host.families();
        time = families.gauge("node_time_seconds", "The time, in seconds since the epoch.")
                .series();
        Family offset = families.gauge("node_time_zone_offset_seconds", "How far the host's zone is ahead of UTC.");
        offsets = new Series[] {
            offset.series("time_zone", zone.getDisplayName(false, TimeZone.SHORT, Locale.ROOT)),
            offset.series("time_zone", zone.getDisplayName(true, TimeZone.SHORT, Locale.ROOT))
        };
        Family available = families.gauge("node_time_clocksource_available_info", "A clock source that could be used.");
        Family current = families.gauge("node_time_clocksource_current_info", "The clock source that is used.");
        Path folder = host.sys("devices/system/clocksource/clocksource0");
        for (int i = 0; Files.isDirectory(folder); i++) {
            String device = Integer.toString(i);
            sources.add(new ClockSource(folder.resolve("available_clocksource"), names(available, device)));
            sources.add(new ClockSource(folder.resolve("current_clocksource"), names(current, device)));
            folder = folder.resolveSibling("clocksource" + (i + 1));
        }
    }

    /** A file with names of clock sources. */
    private record ClockSource(Path file, ByName<Series> names) {}

    @Override
    public void collect(Samples samples) throws IOException {
        Instant now = clock.instant();
        samples.add(time, now.toEpochMilli() / SECOND);
        samples.add(
                offsets[rules.isDaylightSavings(now) ? 1 : 0],
                rules.getOffset(now).getTotalSeconds());
        for (int i = 0; i < sources.size(); i++) {
            ClockSource source = sources.get(i);
            text.read(source.file()).nextLine();
            while (text.nextField()) {
                samples.add(source.names().of(text), 1);
            }
            source.names().endRound();
        }
    }

    private static ByName<Series> names(Family family, String device) {
        return new ByName<>(name -> family.series("device", device, "clocksource", name));
    }
}
