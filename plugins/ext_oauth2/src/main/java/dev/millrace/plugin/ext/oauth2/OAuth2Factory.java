package dev.millrace.plugin.ext.oauth2;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.plugin.lib.credentials.oauth2.ClientGrant;
import dev.millrace.plugin.lib.credentials.oauth2.OAuth2Authenticator;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpClientSettings;
import java.net.URI;

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
        SecretText secret = SecretText.of(
                context, "ClientSecretFile", options.clientSecret(), options.clientSecretFile(), TextForm.LINE);
        ClientGrant grant = new ClientGrant(
                options.clientId(),
                secret,
                URI.create(options.tokenUrl()),
                options.scopes(),
                options.endpointParams(),
                options.clientAuthentication());
        return OAuth2Authenticator.of(grant, context.httpClient(HttpClientSettings.DEFAULT), context.clock());
    }
}
