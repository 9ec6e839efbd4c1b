package dev.millrace.core.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of a node's content, without places. Each part goes in with its kind and size, so that parts cannot shift. */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Node node) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            fingerprint.add(node);
            return HexFormat.of().formatHex(fingerprint.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void add(Node node) {
        if (node instanceof Node.Scalar scalar) {
            add('t', scalar.text());
        } else if (node instanceof Node.Sequence sequence) {
            add('l', sequence.items().size());
            sequence.items().forEach(this::add);
        } else if (node instanceof Node.Mapping mapping) {
            add('m', mapping.entries().size());
            for (Node.Entry entry : mapping.entries()) {
                add('k', entry.key());
                add(entry.value());
            }
        } else {
            add('n', 0);
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
