package dev.millrace.plugin.lib.prometheus.relabel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules from texts such as {@code source_labels=a,b}. */
final class RelabelRules {
    private RelabelRules() {}

    static RelabelConfig rule(String... options) {
        Map<String, String> values = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            values.put(option.substring(0, equals), option.substring(equals + 1));
        }
        String sources = values.getOrDefault("source_labels", "");
        return new RelabelConfig(
                sources.isEmpty() ? List.of() : List.of(sources.split(",")),
                values.getOrDefault("separator", RelabelConfig.DEFAULT_SEPARATOR),
                values.getOrDefault("target_label", ""),
                values.getOrDefault("regex", RelabelConfig.DEFAULT_REGEX),
                Long.parseLong(values.getOrDefault("modulus", "0")),
                values.getOrDefault("replacement", RelabelConfig.DEFAULT_REPLACEMENT),
                RelabelAction.valueOf(values.getOrDefault("action", "replace").toUpperCase(Locale.ROOT)));
    }

    static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
