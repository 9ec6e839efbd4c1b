package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;

/** The series of a mounted file system, and what {@code stat} said of it last. Not thread-safe. */
final class FileSystem {
    private static final int BLOCK_SIZE = 0;
    private static final int BLOCKS = 1;
    private static final int FREE = 2;
    private static final int AVAILABLE = 3;
    private static final int FILES = 4;
    private static final int FILES_FREE = 5;
    /** How many numbers stand before the path in a line of {@code stat}. */
    private static final int NUMBERS = 6;

    private final Mount mount;
    private final byte[] path;
    private final Series size;
    private final Series free;
    private final Series available;
    private final Series files;
    private final Series filesFree;
    private final Series readOnly;
    private final Series deviceError;
    private final double[] answer = new double[NUMBERS];
    private boolean answered;

    FileSystem(Mount mount, FileSystemFamilies families) {
        this.mount = mount;
        this.path = mount.pathBytes();
        size = series(families.size());
        free = series(families.free());
        available = series(families.available());
        files = series(families.files());
        filesFree = series(families.filesFree());
        readOnly = series(families.readOnly());
        deviceError = series(families.deviceError());
    }

    Mount mount() {
        return mount;
    }

    /** Nothing is known any more. */
    void ask() {
        answered = false;
    }

    /** Whether it was answered since it was asked. */
    boolean isAnswered() {
        return answered;
    }

    /** Takes the line that a text stands at, if it is about this file system. */
    boolean take(ProcText line, double[] numbers) {
        if (!line.is(path)) {
            return false;
        }
        System.arraycopy(numbers, 0, answer, 0, NUMBERS);
        answered = true;
        return true;
    }

    /** Reads the numbers of a line, up to the path behind them. */
    static double[] numbers(ProcText line, double[] numbers) throws IOException {
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = line.nextNumber();
        }
        line.rest();
        return numbers;
    }

    /** Room for the numbers of a line. */
    static double[] noNumbers() {
        return new double[NUMBERS];
    }

    /** Adds what is known. */
    void add(Samples samples) {
        samples.add(deviceError, answered ? 0 : 1);
        samples.add(readOnly, mount.readOnly() ? 1 : 0);
        if (answered) {
            samples.add(size, answer[BLOCKS] * answer[BLOCK_SIZE]);
            samples.add(free, answer[FREE] * answer[BLOCK_SIZE]);
            samples.add(available, answer[AVAILABLE] * answer[BLOCK_SIZE]);
            samples.add(files, answer[FILES]);
            samples.add(filesFree, answer[FILES_FREE]);
        }
    }

    private Series series(Family family) {
        return family.series("device", mount.device(), "fstype", mount.type(), "mountpoint", mount.mountPoint());
    }
}
