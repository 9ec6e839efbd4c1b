package dev.millrace.plugin.ext.basicauth;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;

/**
 * The options of {@code ext_basicauth}. RFC 7617, section 2: a user's name holds no colon, and neither text a control
 * character.
 *
 * @param username the user
 * @param password the user's password
 */
@Doc("Authenticates requests with a user and a password, by the scheme Basic.")
public record BasicAuthOptions(
        @Doc("The name of the user.") String username,

        @Doc("The password of the user.") Secret password) {
    public BasicAuthOptions {
        if (username.indexOf(':') >= 0) {
            throw new InvalidOptionException(
                    "username", "'" + username + "' (expected: no colon, which would begin the password)");
        }
        if (hasControlCharacter(username)) {
            throw new InvalidOptionException("username", "a control character (expected: none)");
        }
        if (hasControlCharacter(password.reveal())) {
            throw new InvalidOptionException("password", "a control character, such as a line's end (expected: none)");
        }
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
