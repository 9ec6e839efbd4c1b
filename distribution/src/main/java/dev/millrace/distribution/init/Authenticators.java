package dev.millrace.distribution.init;

import static dev.millrace.distribution.init.OptionBlock.key;

import dev.millrace.core.config.Node;
import dev.millrace.distribution.init.OptionBlock.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the authenticator of a destination of what {@code remote_write} has for it. */
final class Authenticators {
    /** The keys of {@code remote_write} that become an authenticator. */
    private static final Map<String, String> TYPES = Map.of(
            "basic_auth", "ext_basicauth",
            "authorization", "ext_bearer",
            "bearer_token", "ext_bearer",
            "bearer_token_file", "ext_bearer",
            "oauth2", "ext_oauth2",
            "sigv4", "ext_sigv4");

    private static final Map<String, OptionBlock> BLOCKS = Map.of(
            "basic_auth",
                    new OptionBlock(Map.of(
                            "username", key("Username", Kind.PLAIN),
                            "username_file", key("UsernameFile", Kind.FILE),
                            "password", key("Password", Kind.SECRET),
                            "password_file", key("PasswordFile", Kind.FILE))),
            "authorization",
                    new OptionBlock(Map.of(
                            "type", key("Scheme", Kind.PLAIN),
                            "credentials", key("Token", Kind.SECRET),
                            "credentials_file", key("TokenFile", Kind.FILE))),
            "oauth2",
                    new OptionBlock(Map.of(
                            "client_id", key("ClientId", Kind.PLAIN),
                            "client_secret", key("ClientSecret", Kind.SECRET),
                            "client_secret_file", key("ClientSecretFile", Kind.FILE),
                            "token_url", key("TokenUrl", Kind.PLAIN),
                            "scopes", key("Scopes", Kind.PLAIN),
                            "endpoint_params", key("EndpointParams", Kind.SECRET))),
            "sigv4",
                    new OptionBlock(Map.of(
                            "region", key("Region", Kind.PLAIN),
                            "access_key", key("AccessKeyId", Kind.PLAIN),
                            "secret_key", key("SecretAccessKey", Kind.SECRET))));

    private final Credentials credentials;
    private final Remarks remarks;

    Authenticators(Credentials credentials, Remarks remarks) {
        this.credentials = credentials;
        this.remarks = remarks;
    }

    /**
     * Adds the authenticator of a section, if it has one.
     *
     * @return whether the destination can be taken over
     */
    boolean add(List<Node.Entry> entries, Node.Mapping section, String path, String destination) {
        for (Node.Entry entry : section.entries()) {
            String type = TYPES.get(entry.key());
            if (type == null || entry.value() instanceof Node.Nothing) {
                continue;
            }
            List<Node.Entry> authenticator = new ArrayList<>();
            Jobs.add(authenticator, "Type", new Node.Scalar(entry.location(), type));
            if (!addOptions(authenticator, entry, path + "." + entry.key(), destination)) {
                return false;
            }
            Jobs.add(entries, "Authenticator", new Node.Mapping(entry.location(), authenticator));
        }
        return true;
    }

    private boolean addOptions(List<Node.Entry> entries, Node.Entry entry, String path, String destination) {
        OptionBlock block = BLOCKS.get(entry.key());
        if (block != null) {
            List<Node.Entry> taken = block.take(entry, path, destination, credentials, remarks);
            if (taken != null) {
                entries.addAll(taken);
            }
            return taken != null;
        }
        if (!remarks.isLiteral(entry.value(), path, Part.Kind.DESTINATION, destination)) {
            return false;
        }
        if (entry.key().equals("bearer_token")) {
            credentials.written(entry.location(), path);
            Jobs.add(entries, "Token", entry.value());
            return true;
        }
        Node file = credentials.file(entry, path, Part.Kind.DESTINATION, destination);
        Jobs.add(entries, "TokenFile", file);
        return file != null;
    }
}
