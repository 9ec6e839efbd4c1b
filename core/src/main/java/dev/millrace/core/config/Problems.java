package dev.millrace.core.config;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong in configuration files, faults that keep nothing from running, notices on what works otherwise
 * than one might think, and which other files they refer to.
 *
 * <p>All are listed by file, line and column. Not thread-safe.
 */
public final class Problems {
    private static final Comparator<Problem> ORDER = Comparator.comparing(
            Problem::location,
            Comparator.comparing(Location::file)
                    .thenComparingInt(Location::line)
                    .thenComparingInt(Location::column));

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> faults = new ArrayList<>();
    private final List<Problem> notices = new ArrayList<>();
    private final Map<Path, String> referred = new TreeMap<>();
    private final List<Served> served = new ArrayList<>();

    /** Adds a problem: the file cannot be used. */
    public void add(Location location, String path, Wording wording) {
        problems.add(new Problem(location, path, wording));
    }

    /** Adds a problem: the file cannot be used. */
    public void add(Location location, String path, Message message, @Nullable Object... arguments) {
        add(location, path, message.with(arguments));
    }

    /** Adds a fault: the file can be used, and a component that waits for a person to mend it. */
    public void fault(Location location, String path, Wording wording) {
        faults.add(new Problem(location, path, wording));
    }

    /** Adds a notice: the file can be used. */
    public void notice(Location location, String path, Wording wording) {
        notices.add(new Problem(location, path, wording));
    }

    /** Adds all that {@code others} holds. */
    public void addAll(Problems others) {
        problems.addAll(others.problems);
        faults.addAll(others.faults);
        notices.addAll(others.notices);
        referred.putAll(others.referred);
        served.addAll(others.served);
    }

    /** Notes that a component will listen at an address. */
    void serves(Served address) {
        served.add(address);
    }

    /** The addresses at which components will listen. */
    public List<Served> served() {
        return List.copyOf(served);
    }

    /** Notes that a file was read because another refers to it, and the fingerprint of what it held. */
    void refersTo(Path file, String fingerprint) {
        referred.put(file, fingerprint);
    }

    /** The files that others refer to, with the fingerprints of what was read; see {@link FileContent}. */
    public Map<Path, String> referred() {
        return Map.copyOf(referred);
    }

    /** Whether there is no problem; there may be faults and notices. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** The problems. */
    public List<Problem> problems() {
        return problems.stream().sorted(ORDER).toList();
    }

    /** The faults. */
    public List<Problem> faults() {
        return faults.stream().sorted(ORDER).toList();
    }

    /** The notices. */
    public List<Problem> notices() {
        return notices.stream().sorted(ORDER).toList();
    }

    /** The problems, one to a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems()) {
            text.append(problem).append('\n');
        }
        return text.toString();
    }
}
