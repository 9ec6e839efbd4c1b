package dev.millrace.plugin.ext.serverauth;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.spi.http.HttpConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A client and its secret.
 *
 * @param client its name
 * @param secret what it sends
 */
record KnownSecret(String client, SecretText secret) {
    /** Whether a client sent the secret; takes the same time wherever the texts differ, and however long they are. */
    boolean matches(String sent) {
        String known;
        try {
            known = secret.get();
        } catch (
                HttpConfigurationException
                        unreadable) { // it stands in a file that could not be read yet, which is said
            return false;
        }
        return MessageDigest.isEqual(digest(known), digest(sent));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
