package dev.millrace.core.config;

import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.TlsSettings;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the constructor of a record of options, and reports what its validation says. */
final class RecordMaker {
    private final Problems problems;

    RecordMaker(Problems problems) {
        this.problems = problems;
    }

    <R extends Record> @Nullable R make(
            OptionsType<R> type, @Nullable Object[] values, Node.Mapping mapping, OptionPath path) {
        try {
            R made = type.constructor().newInstance(values);
            if (made instanceof TlsSettings tls && !readable(tls, type, mapping, path)) {
                return null;
            }
            if (made instanceof Notices source) {
                for (Notices.Notice notice : source.notices()) {
                    Place place = place(type, notice.component(), mapping, path);
                    problems.notice(place.location(), place.path(), notice.message());
                }
            }
            return made;
        } catch (InvocationTargetException e) {
            refused(type, e.getCause(), mapping, path);
            return null;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidOptionsTypeException(type.record().getName() + ": cannot be made: " + e, e);
        }
    }

    /* Files that can be used are looked at again by who uses them; only for bad ones the configuration has to wait. */
    private boolean readable(TlsSettings tls, OptionsType<?> type, Node.Mapping mapping, OptionPath path) {
        try {
            TlsFiles.read(tls);
            return true;
        } catch (InvalidOptionException e) {
            TlsFiles.named(tls).forEach(file -> problems.refersTo(file, FileContent.fingerprint(file)));
            refused(type, e, mapping, path);
            return false;
        }
    }

    private void refused(OptionsType<?> type, @Nullable Throwable cause, Node.Mapping mapping, OptionPath path) {
        if (cause instanceof VirtualMachineError error) {
            throw error;
        }
        if (cause instanceof InvalidOptionException invalid) {
            Place place = place(type, invalid.component(), mapping, path);
            problems.add(place.location(), place.path(), String.valueOf(invalid.getMessage()));
        } else if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
            problems.add(mapping.location(), path.shown(), cause.getMessage());
        } else {
            String reason = "the plugin failed in " + type.record().getName() + ": " + cause;
            problems.add(mapping.location(), path.shown(), reason);
        }
    }

    /** Where a component of a record is given: at its key, or, if it is not given, where the mapping begins. */
    private static Place place(OptionsType<?> type, String component, Node.Mapping mapping, OptionPath path) {
        for (Option option : type.options()) {
            if (option.component().equals(component) && !option.inline()) {
                return Stream.concat(Stream.of(option.key()), option.aliases().stream())
                        .map(mapping::entry)
                        .flatMap(Stream::ofNullable)
                        .map(entry -> new Place(
                                entry.location(), path.child(entry.written()).shown()))
                        .findFirst()
                        .orElse(new Place(
                                mapping.location(), path.child(option.key()).shown()));
            }
        }
        return new Place(mapping.location(), path.shown());
    }

    private record Place(Location location, String path) {}
}
