package dev.millrace.plugin.ext.serverauth;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of {@code ext_server_auth}: who is let in. One way that fits is enough.
 *
 * @param users those who send a name and a password
 * @param tokens those who send a token
 * @param certificates names in the certificates of those who show one
 * @param realm what clients are told that they ask for
 */
@Doc(
        value =
                "Lets clients of a server in that send a known password or token, or show a known certificate; one is enough.",
        example = """
        Users:
          - Username: shop
            Password: '${env:SHOP_PASSWORD:-secret}'
        """)
public record ServerAuthOptions(
        @Doc(
                value = "Those who send a name and a password, by the scheme Basic.",
                example = "[{Username: shop, PasswordFile: /etc/millrace/shop}]")
        List<User> users,

        @Doc(
                value = "Those who send a token, by the scheme Bearer.",
                example = "[{Name: ci, TokenFile: /etc/millrace/ci}]")
        List<Token> tokens,

        @Doc(
                value =
                        "Names of client certificates that the server's Tls has checked: a whole subject as in RFC 2253, or an"
                                + " alternative name with its kind, DNS, IP, URI or email.",
                example = "['CN=shop,O=Example', 'DNS:shop.example.com']")
        List<String> certificates,

        @Doc("What clients are told that the password or token is for.") @Default("Millrace")
        String realm)
        implements Faults {
    public ServerAuthOptions {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
        certificates = List.copyOf(certificates);
        if (users.isEmpty() && tokens.isEmpty() && certificates.isEmpty()) {
            throw new InvalidOptionException(
                    "users", "nobody would be let in (expected: at least one of Users, Tokens, Certificates)");
        }
        Set<String> names = new HashSet<>();
        for (User user : users) {
            if (!names.add(user.username())) {
                throw new InvalidOptionException("users", user.username() + " is there twice (expected: once)");
            }
        }
        for (String name : certificates) {
            if (!name.matches("(DNS|IP|URI|email):.+|[A-Za-z0-9.]+=.+")) {
                throw new InvalidOptionException(
                        "certificates", "'" + name + "' (expected: such as CN=shop,O=Example or DNS:shop.example.com)");
            }
        }
        if (!realm.matches("[ !#-\\[\\]-~]*")) {
            throw new InvalidOptionException("realm", "'" + realm + "' (expected: ASCII, without \" and \\)");
        }
    }

    @Override
    public List<Fault> faults() {
        return Stream.concat(
                        users.stream().flatMap(User::faults).map(fault -> new Fault("users", fault.message())),
                        tokens.stream().flatMap(Token::faults).map(fault -> new Fault("tokens", fault.message())))
                .toList();
    }
}
