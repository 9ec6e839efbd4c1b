package dev.millrace.plugin.ext.bearer;

import dev.millrace.plugin.lib.credentials.KnownCredentials;
import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.ClientAuthenticator;

/** The plugin {@code ext_bearer}. */
public final class BearerFactory implements PluginFactory<BearerOptions, ClientAuthenticator> {
    @Override
    public String type() {
        return "ext_bearer";
    }

    @Override
    public Class<BearerOptions> options() {
        return BearerOptions.class;
    }

    @Override
    public Class<ClientAuthenticator> kind() {
        return ClientAuthenticator.class;
    }

    @Override
    public ClientAuthenticator create(BearerOptions options, PluginContext context) {
        return KnownCredentials.token(
                options.scheme(),
                SecretText.of(context, "TokenFile", options.token(), options.tokenFile(), TextForm.TOKEN));
    }
}
