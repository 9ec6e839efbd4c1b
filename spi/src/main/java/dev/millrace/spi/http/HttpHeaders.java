package dev.millrace.spi.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Header fields in their order; names compare without case. Immutable and thread-safe. */
public final class HttpHeaders {
    /** No fields. */
    public static final HttpHeaders EMPTY = new HttpHeaders(List.of());

    private final List<Field> fields;

    private HttpHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    private record Field(String name, String value) {}

    /** Fields of alternating names and values. */
    public static HttpHeaders of(String... namesAndValues) {
        HttpHeaders headers = EMPTY;
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** Fields of these names and values, in their order. */
    public static HttpHeaders copyOf(Iterable<Map.Entry<String, String>> namesAndValues) {
        List<Field> fields = new ArrayList<>();
        namesAndValues.forEach(entry -> fields.add(new Field(entry.getKey(), entry.getValue())));
        return new HttpHeaders(fields);
    }

    /** Whether there is no field. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The first value of a field. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                return Optional.of(field.value);
            }
        }
        return Optional.empty();
    }

    /** All values of a field. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                values.add(field.value);
            }
        }
        return List.copyOf(values);
    }

    /** These fields with one more. */
    public HttpHeaders plus(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new HttpHeaders(more);
    }

    /** These fields, with this one in place of any of its name. */
    public HttpHeaders with(String name, String value) {
        List<Field> changed = new ArrayList<>(fields);
        changed.removeIf(f -> f.name.equalsIgnoreCase(name));
        changed.add(new Field(name, value));
        return new HttpHeaders(changed);
    }

    /** These fields, with those in place of any of their names. */
    public HttpHeaders withAll(HttpHeaders others) {
        List<Field> changed = new ArrayList<>(fields);
        changed.removeIf(f -> others.first(f.name).isPresent());
        changed.addAll(others.fields);
        return new HttpHeaders(changed);
    }

    /** These fields but those of this name. */
    public HttpHeaders without(String name) {
        List<Field> fewer = new ArrayList<>(fields);
        fewer.removeIf(f -> f.name.equalsIgnoreCase(name));
        return new HttpHeaders(fewer);
    }

    /** Calls {@code action} with each name and value. */
    public void forEach(BiConsumer<String, String> action) {
        fields.forEach(f -> action.accept(f.name, f.value));
    }

    /** The names, without the values, which may be secret. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
