package dev.millrace.plugin.ext.basicauth;

import dev.millrace.plugin.lib.credentials.KnownCredentials;
import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;

/** The plugin {@code ext_basicauth}. */
public final class BasicAuthFactory implements PluginFactory<BasicAuthOptions, ClientAuthenticator> {
    @Override
    public String type() {
        return "ext_basicauth";
    }

    @Override
    public Class<BasicAuthOptions> options() {
        return BasicAuthOptions.class;
    }

    @Override
    public Class<ClientAuthenticator> kind() {
        return ClientAuthenticator.class;
    }

    @Override
    public ClientAuthenticator create(BasicAuthOptions options, PluginContext context) {
        return KnownCredentials.basic(
                SecretText.of(
                        context,
                        "UsernameFile",
                        options.username().map(Secret::new),
                        options.usernameFile(),
                        TextForm.USERNAME),
                SecretText.of(context, "PasswordFile", options.password(), options.passwordFile(), TextForm.LINE));
    }
}
