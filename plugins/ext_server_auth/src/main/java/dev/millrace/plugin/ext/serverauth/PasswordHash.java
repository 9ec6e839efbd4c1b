package dev.millrace.plugin.ext.serverauth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password's hash by bcrypt, as {@code htpasswd -B} writes it and the {@code web.yml} of Prometheus has it. Of a password,
 * bcrypt reads the first 72 bytes.
 *
 * @param text such as {@code $2y$10$} and 53 characters
 */
record PasswordHash(String text) {
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
    private static final int LEAST_COST = 4;

    /** Each check takes twice the time of one step less: with more, a few clients would keep the machine busy. */
    private static final int MOST_COST = 14;

    /** What is wrong with a text, in words that do not repeat it. */
    static Optional<String> problem(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.of("no hash by bcrypt (expected: such as $2y$10$ and 53 characters, of htpasswd -nBC 10)");
        }
        int cost = Integer.parseInt(form.group(1));
        return cost < LEAST_COST || cost > MOST_COST
                ? Optional.of("cost " + cost + " (expected: " + LEAST_COST + ".." + MOST_COST + ")")
                : Optional.empty();
    }

    /** Whether it is the hash of a password. Takes long, by design, and as long where it is not. */
    boolean isOf(String password) {
        return BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                .verify(password.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }

    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
