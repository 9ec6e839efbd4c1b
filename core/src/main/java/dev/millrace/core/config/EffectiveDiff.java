package dev.millrace.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states of the effective configuration, a line each: {@code + path: value} where something is new,
 * {@code - path: value} where it is gone, {@code ~ path: value -> value} where it changed, with the place of the newer state
 * in a comment. A component is known by its identity, not by its position. No secret is shown.
 */
public final class EffectiveDiff {
    private final List<String> lines = new ArrayList<>();

    private EffectiveDiff() {}

    /** The differences; none if both are the same. */
    public static List<String> between(Effective.Mapping before, Effective.Mapping after) {
        EffectiveDiff diff = new EffectiveDiff();
        diff.mappings("", before, after);
        return List.copyOf(diff.lines);
    }

    private void compare(String path, Effective before, Effective after) {
        if (before instanceof Effective.Value one && after instanceof Effective.Value other) {
            values(path, one, other);
        } else if (before instanceof Effective.Mapping one && after instanceof Effective.Mapping other) {
            mappings(path, one, other);
        } else if (before instanceof Effective.Items one && after instanceof Effective.Items other) {
            lists(path, one, other);
        } else {
            one('-', path, before);
            one('+', path, after);
        }
    }

    private void values(String path, Effective.Value before, Effective.Value after) {
        if (before.text().equals(after.text()) && before.secret() == after.secret()) {
            return;
        }
        boolean hidden = before.secret() || after.secret() || before.shown().equals(after.shown());
        String change = hidden ? "changed, but is not shown" : shown(before) + " -> " + shown(after);
        lines.add("~ " + path + ": " + change + comment(after));
    }

    private void mappings(String path, Effective.Mapping before, Effective.Mapping after) {
        parts(path, before.values(), after.values());
    }

    private void parts(String path, Map<String, Effective> before, Map<String, Effective> after) {
        Set<String> keys = new LinkedHashSet<>(after.keySet());
        keys.addAll(before.keySet());
        for (String key : keys) {
            Effective one = before.get(key);
            Effective other = after.get(key);
            String child = child(path, key);
            if (one == null && other != null) {
                one('+', child, other);
            } else if (one != null && other == null) {
                one('-', child, one);
            } else if (one != null && other != null) {
                compare(child, one, other);
            }
        }
    }

    /* Components and texts are compared wherever they stand, and their order by itself; all else by position. */
    private void lists(String path, Effective.Items before, Effective.Items after) {
        Map<String, Effective> one = byName(before);
        Map<String, Effective> other = byName(after);
        if (one == null || other == null) {
            parts(path, byPosition(before), byPosition(after));
            return;
        }
        boolean section = Section.isKey(path);
        parts(section ? "" : path, one, other);
        List<String> kept = new ArrayList<>(one.keySet());
        kept.retainAll(other.keySet());
        List<String> now = new ArrayList<>(other.keySet());
        now.retainAll(one.keySet());
        if (!kept.equals(now)) {
            lines.add("~ " + path + ": another order: " + String.join(", ", now) + comment(after));
        }
    }

    private static @Nullable Map<String, Effective> byName(Effective.Items list) {
        Map<String, Effective> byName = new LinkedHashMap<>();
        for (Effective item : list.items()) {
            Optional<String> name = name(item);
            if (name.isEmpty() || byName.put(name.get(), item) != null) {
                return null;
            }
        }
        return byName;
    }

    private static Optional<String> name(Effective item) {
        Effective named =
                item instanceof Effective.Mapping mapping ? mapping.values().get("Type") : item;
        return named instanceof Effective.Value value && !value.secret()
                ? Optional.of(value.shown())
                : Optional.empty();
    }

    private static Map<String, Effective> byPosition(Effective.Items list) {
        Map<String, Effective> byPosition = new LinkedHashMap<>();
        list.items().forEach(item -> byPosition.put("[" + byPosition.size() + "]", item));
        return byPosition;
    }

    /* Of what is there on one side only, that which somebody wrote. */
    private void one(char sign, String path, Effective part) {
        if (part instanceof Effective.Value value) {
            boolean said = path.endsWith(shown(value));
            lines.add(sign + " " + path + (said ? "" : ": " + shown(value)) + comment(value));
            return;
        }
        Map<String, Effective> parts =
                part instanceof Effective.Mapping mapping ? mapping.values() : byPosition((Effective.Items) part);
        if (name(part).isPresent() || parts.isEmpty()) {
            lines.add(sign + " " + path + comment(part));
        }
        parts.forEach((key, value) -> {
            if (!value.origin().isDefault() && !key.equals("Type")) {
                one(sign, child(path, key), value);
            }
        });
    }

    private static String child(String path, String key) {
        return path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
    }

    private static String shown(Effective.Value value) {
        return EffectiveYaml.scalar(value.shown());
    }

    private static String comment(Effective part) {
        return "  # " + part.origin();
    }
}
