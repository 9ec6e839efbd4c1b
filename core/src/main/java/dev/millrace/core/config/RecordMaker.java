package dev.millrace.core.config;

import dev.millrace.core.calls.Thrown;
import dev.millrace.core.certificates.NamedFiles;
import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.core.message.Wording;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Listens;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the constructor of a record of options, and reports what its validation says. */
final class RecordMaker {
    private final Problems problems;
    private final Function<Option, @Nullable Object> withoutKey;

    /** A maker; {@code withoutKey} gives the value of an option whose key is not there, or null if it has to be. */
    RecordMaker(Problems problems, Function<Option, @Nullable Object> withoutKey) {
        this.problems = problems;
        this.withoutKey = withoutKey;
    }

    <R extends Record> @Nullable R make(
            OptionsType<R> type, @Nullable Object[] values, Node.Mapping mapping, OptionPath path) {
        try {
            R made = made(type, values, mapping, path);
            Optional<NamedFiles> files = NamedFiles.of(made);
            if (files.isPresent() && !readable(files.get(), type, mapping, path)) {
                return null;
            }
            if (made instanceof Notices source) {
                source.notices()
                        .forEach(notice -> place(type, notice.component(), mapping, path)
                                .tell(problems::notice, notice.wording()));
            }
            if (made instanceof Faults source) {
                source.faults()
                        .forEach(fault -> place(type, fault.component(), mapping, path)
                                .tell(problems::fault, ConfigMessage.OPTION_AT_FAULT.with(fault.message())));
            }
            if (made instanceof Listens source) {
                for (Listens.Address address : source.addresses()) {
                    Place place = place(type, address.component(), mapping, path);
                    problems.serves(new Served(place.location(), place.path(), address));
                }
            }
            return made;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidOptionsTypeException(type.record().getName() + ": cannot be made: " + e, e);
        }
    }

    private <R extends Record> @Nullable R made(
            OptionsType<R> type, @Nullable Object[] values, Node.Mapping mapping, OptionPath path)
            throws ReflectiveOperationException {
        try {
            return type.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            refused(type, e.getCause(), mapping, path);
            @Nullable Object[] rest = values.clone();
            if (e.getCause() instanceof InvalidOptionException invalid && clear(type, rest, invalid)) {
                refuseOthers(type, rest, new HashSet<>(Set.of(invalid.component())), mapping, path);
            }
            return null;
        }
    }

    /**
     * Reports what the validation says of the values that are there, where the record cannot be made because others, which
     * are null, are not.
     */
    void checkRest(OptionsType<?> type, @Nullable Object[] values, Node.Mapping mapping, OptionPath path) {
        @Nullable Object[] rest = values.clone();
        Set<String> broken = new HashSet<>();
        for (int i = 0; i < rest.length; i++) {
            Option option = type.options().get(i);
            if (rest[i] == null) {
                broken.add(option.component());
                rest[i] = withoutKey.apply(option);
            }
            if (rest[i] == null) {
                return;
            }
        }
        try {
            refuseOthers(type, rest, broken, mapping, path);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidOptionsTypeException(type.record().getName() + ": cannot be made: " + e, e);
        }
    }

    /* A constructor throws for one wrong value; without that one, it throws for the next. */
    private void refuseOthers(
            OptionsType<?> type, @Nullable Object[] rest, Set<String> named, Node.Mapping mapping, OptionPath path)
            throws ReflectiveOperationException {
        while (true) {
            try {
                type.constructor().newInstance(rest);
                return;
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof InvalidOptionException next) || !named.add(next.component())) {
                    return;
                }
                refused(type, next, mapping, path);
                if (!clear(type, rest, next)) {
                    return;
                }
            }
        }
    }

    private boolean clear(OptionsType<?> type, @Nullable Object[] values, InvalidOptionException invalid) {
        for (int i = 0; i < values.length; i++) {
            Option option = type.options().get(i);
            if (option.component().equals(invalid.component())) {
                values[i] = withoutKey.apply(option);
                return values[i] != null;
            }
        }
        return false;
    }

    /* Files that can be used are looked at again by who uses them; only for bad ones the configuration has to wait. */
    private boolean readable(NamedFiles files, OptionsType<?> type, Node.Mapping mapping, OptionPath path) {
        List<InvalidOptionException> unusable = TlsFiles.problems(files);
        if (!unusable.isEmpty()) {
            files.files().forEach(file -> problems.refersTo(file, FileContent.fingerprint(file)));
            unusable.forEach(problem -> refused(type, problem, mapping, path));
        }
        return unusable.isEmpty();
    }

    private void refused(OptionsType<?> type, @Nullable Throwable cause, Node.Mapping mapping, OptionPath path) {
        if (cause instanceof VirtualMachineError error) {
            throw error;
        }
        if (cause instanceof InvalidOptionException invalid) {
            place(type, invalid.component(), mapping, path)
                    .tell(problems::add, ConfigMessage.OPTION_REFUSED.with(invalid.getMessage()));
        } else if (cause instanceof IllegalArgumentException
                && !Thrown.message(cause).isEmpty()) {
            problems.add(mapping.location(), path.shown(), ConfigMessage.OPTION_REFUSED, Thrown.message(cause));
        } else {
            problems.add(
                    mapping.location(),
                    path.shown(),
                    ConfigMessage.PLUGIN_FAILED,
                    type.record().getName(),
                    cause == null ? "" : Thrown.line(cause));
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

    private record Place(Location location, String path) {
        void tell(Report report, Wording wording) {
            report.add(location, path, wording);
        }
    }

    /** One of the ways in which {@link Problems} are told something. */
    @FunctionalInterface
    private interface Report {
        void add(Location location, String path, Wording wording);
    }
}
