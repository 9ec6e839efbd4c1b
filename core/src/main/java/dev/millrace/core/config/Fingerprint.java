package dev.millrace.core.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A SHA-256 of a part of the effective configuration, without origins and the order of keys. Each part goes in with its kind
 * and size, so that parts cannot shift.
 */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Effective part) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            fingerprint.add(part);
            return HexFormat.of().formatHex(fingerprint.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void add(Effective part) {
        if (part instanceof Effective.Value value) {
            add('t', value.text());
        } else if (part instanceof Effective.Items list) {
            add('l', list.items().size());
            list.items().forEach(this::add);
        } else if (part instanceof Effective.Mapping mapping) {
            add('m', mapping.values().size());
            new TreeMap<>(mapping.values()).forEach((key, value) -> {
                add('k', key);
                add(value);
            });
        }
    }

    private void add(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(kind, bytes.length);
        digest.update(bytes);
    }

    private void add(char kind, int size) {
        digest.update(ByteBuffer.allocate(6).putChar(kind).putInt(size).array());
    }
}
