package dev.millrace.distribution.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A unit file of systemd.
 *
 * @param settings the values of each key, in their order
 */
public record ServiceUnit(Map<String, List<String>> settings) {

    /** Reads the text of a unit file without continued lines. */
    public static ServiceUnit parse(String text) {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                settings.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        }
        return new ServiceUnit(settings);
    }

    /** The only value of a key. */
    public String value(String key) {
        List<String> values = settings.getOrDefault(key, List.of());
        if (values.size() != 1) {
            throw new AssertionError(key + ": " + values + " (expected: one value)");
        }
        return values.get(0);
    }

    /** The variables that it sets. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String assignment : settings.getOrDefault("Environment", List.of())) {
            int equals = assignment.indexOf('=');
            environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return environment;
    }

    /** The words of the command that it starts. */
    public List<String> command() {
        return List.of(value("ExecStart").split(" "));
    }
}
