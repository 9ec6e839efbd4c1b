package dev.millrace.plugin.metric.host;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A file whose first line is the value of a label; empty where the kernel does not give one. Not thread-safe. */
final class LabelFile {
    private final String label;
    private final Path file;
    private byte[] bytes = {};
    private String value = "";

    /** The label {@code label} from {@code file}. */
    LabelFile(String label, Path file) {
        this.label = label;
        this.file = file;
    }

    String value() {
        return value;
    }

    /** Reads the file anew; true where the value is another one now. */
    boolean refresh(ProcText text) {
        if (!text.isGiven(file) || !text.nextLine()) {
            return set(new byte[0], "");
        }
        text.rest();
        return !text.is(bytes) && set(text.copy(), text.text());
    }

    private boolean set(byte[] newBytes, String newValue) {
        boolean changed = !value.equals(newValue);
        bytes = newBytes;
        value = newValue;
        return changed;
    }

    /** Reads all files anew; true where the value of any is another one now. */
    static boolean refresh(List<LabelFile> files, ProcText text) {
        boolean changed = false;
        for (int i = 0; i < files.size(); i++) {
            changed |= files.get(i).refresh(text);
        }
        return changed;
    }

    /** The labels of all files, and more: alternating names and values. */
    static String[] labels(List<LabelFile> files, String... more) {
        String[] labels = Arrays.copyOf(more, more.length + 2 * files.size());
        for (int i = 0; i < files.size(); i++) {
            labels[more.length + 2 * i] = files.get(i).label;
            labels[more.length + 2 * i + 1] = files.get(i).value;
        }
        return labels;
    }
}
