package dev.millrace.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of the configuration as the host understands it: with defaults, with references resolved, each value in one form
 * ({@code 60s} and {@code 1m} are the same), and with where it comes from. It holds nothing of a plugin.
 */
public sealed interface Effective {
    /** Where it comes from. */
    Origin origin();

    /** Without what is a secret. */
    @Override
    String toString();

    /**
     * A value without parts.
     *
     * @param text the value
     * @param secret whether it must not be shown
     * @param origin where it comes from
     */
    record Value(String text, boolean secret, Origin origin) implements Effective {
        private static final String REDACTED = "<redacted>";
        private static final Pattern URL = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
        private static final Pattern USER = Pattern.compile("(?<=://)[^/?#]*@");
        private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");

        /** The value as it may be shown: user, password and query of a URL are not. */
        public String shown() {
            if (secret) {
                return REDACTED;
            }
            if (!URL.matcher(text).matches()) {
                return text;
            }
            String withoutUser = USER.matcher(text).replaceFirst(REDACTED + "@");
            return QUERY.matcher(withoutUser).replaceFirst("?" + REDACTED);
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /**
     * A list.
     *
     * @param items the items
     * @param origin where it comes from
     */
    record Items(List<Effective> items, Origin origin) implements Effective {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /**
     * A mapping, in the order of the options that it is bound to.
     *
     * @param values the values by their keys
     * @param origin where it comes from
     */
    record Mapping(Map<String, Effective> values, Origin origin) implements Effective {
        public Mapping {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }
}
