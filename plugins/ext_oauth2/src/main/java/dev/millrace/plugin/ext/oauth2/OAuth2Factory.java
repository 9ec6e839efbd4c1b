package dev.millrace.plugin.ext.oauth2;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.ClientAuthenticator;

/** The plugin {@code ext_oauth2}. */
public final class OAuth2Factory implements PluginFactory<OAuth2Options, ClientAuthenticator> {
    @Override
    public String type() {
        return "ext_oauth2";
    }

    @Override
    public Class<OAuth2Options> options() {
        return OAuth2Options.class;
    }

    @Override
    public Class<ClientAuthenticator> kind() {
        return ClientAuthenticator.class;
    }

    @Override
    public ClientAuthenticator create(OAuth2Options options, PluginContext context) {
        return new OAuth2Authenticator(new TokenEndpoint(options, context), context.clock());
    }
}
