package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads, writes, discards and flushes of block devices, from /proc/diskstats. Columns, after major and minor number and name
 * (Documentation/admin-guide/iostats.rst of Linux): reads, merged, sectors, ms; the same of writes; in progress, ms, weighted ms;
 * since 4.18 those of discards; since 5.5 flushes, ms. A sector has 512 bytes.
 */
final class DiskCollector implements Collector {
    private static final double SECTOR = 512;
    private static final double MILLISECOND = 0.001;
    /** The columns of the oldest kernel that tells all of a device's reads and writes. */
    private static final int FEWEST = 11;

    private final Path file;
    private final ProcText text = new ProcText();
    private final Predicate<String> excluded;
    private final UdevProperties udev;
    private final Family info;
    private final List<Column> columns;
    private final ByName<Optional<Disk>> disks = new ByName<>(this::disk);

    /** The numbers of the line that is read. */
    private double major;

    private double minor;

    DiskCollector(Host host) {
        file = host.proc("diskstats");
        excluded = host.options().excludedDisk();
        udev = new UdevProperties(host.options().rootFsPath());
        Families families = host.families();
        info = families.gauge("node_disk_info", "What a block device is; the value is 1.");
        columns = List.of(
                counter(families, "reads_completed_total", "Reads that were completed.", 1),
                counter(families, "reads_merged_total", "Reads that were joined with others.", 1),
                counter(families, "read_bytes_total", "Bytes that were read.", SECTOR),
                counter(families, "read_time_seconds_total", "Time that all reads took, in seconds.", MILLISECOND),
                counter(families, "writes_completed_total", "Writes that were completed.", 1),
                counter(families, "writes_merged_total", "Writes that were joined with others.", 1),
                counter(families, "written_bytes_total", "Bytes that were written.", SECTOR),
                counter(families, "write_time_seconds_total", "Time that all writes took, in seconds.", MILLISECOND),
                new Column(families.gauge("node_disk_io_now", "Reads and writes in progress."), 1),
                counter(
                        families,
                        "io_time_seconds_total",
                        "Time in which anything was in progress, in seconds.",
                        MILLISECOND),
                counter(
                        families,
                        "io_time_weighted_seconds_total",
                        "Time in which anything was in progress, times how much, in seconds.",
                        MILLISECOND),
                counter(families, "discards_completed_total", "Discards that were completed.", 1),
                counter(families, "discards_merged_total", "Discards that were joined with others.", 1),
                counter(families, "discarded_sectors_total", "Sectors that were discarded.", 1),
                counter(
                        families,
                        "discard_time_seconds_total",
                        "Time that all discards took, in seconds.",
                        MILLISECOND),
                counter(families, "flush_requests_total", "Flushes that were completed.", 1),
                counter(
                        families,
                        "flush_requests_time_seconds_total",
                        "Time that all flushes took, in seconds.",
                        MILLISECOND));
    }

    /** A column of the file, and how much one of it is in the unit of its series. */
    private record Column(Family family, double factor) {}

    /** The series of a device, in the order of the columns. */
    private record Disk(List<Series> series, Series info) {}

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file);
        while (text.nextLine()) {
            if (text.nextField()) {
                major = text.number();
                minor = text.nextNumber();
                text.nextField();
                Optional<Disk> disk = disks.of(text);
                if (disk.isPresent()) {
                    add(disk.get(), samples);
                }
            }
        }
        disks.endRound();
    }

    private void add(Disk disk, Samples samples) throws IOException {
        samples.add(disk.info(), 1);
        int column = 0;
        while (column < columns.size() && text.nextField()) {
            samples.add(
                    disk.series().get(column),
                    text.number() * columns.get(column).factor());
            column++;
        }
        if (column < FEWEST) {
            throw new IOException(text.unexpected("at least " + FEWEST + " columns after the device's name"));
        }
    }

    private Optional<Disk> disk(String device) {
        if (excluded.test(device)) {
            return Optional.empty();
        }
        List<Series> series = columns.stream()
                .map(column -> column.family().series("device", device))
                .toList();
        return Optional.of(new Disk(series, info.series(udev.labels(device, (long) major, (long) minor))));
    }

    private static Column counter(Families families, String name, String help, double factor) {
        return new Column(families.counter("node_disk_" + name, help), factor);
    }
}
