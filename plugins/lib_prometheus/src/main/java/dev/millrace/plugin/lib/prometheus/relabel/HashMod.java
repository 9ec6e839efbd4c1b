package dev.millrace.plugin.lib.prometheus.relabel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of Prometheus' {@code hashmod}: the last eight bytes of MD5, big-endian and unsigned. */
final class HashMod {
    private HashMod() {}

    /** The hash modulo a number, in decimal digits. */
    static String of(String text, long modulus) {
        byte[] digest = digest().digest(text.getBytes(StandardCharsets.UTF_8));
        long hash = ByteBuffer.wrap(digest).getLong(8);
        return Long.toUnsignedString(Long.remainderUnsigned(hash, modulus));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5: not there (expected: in every Java runtime)", e);
        }
    }
}
