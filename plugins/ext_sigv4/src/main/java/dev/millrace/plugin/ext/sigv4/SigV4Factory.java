package dev.millrace.plugin.ext.sigv4;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.ClientAuthenticator;

/** The plugin {@code ext_sigv4}. */
public final class SigV4Factory implements PluginFactory<SigV4Options, ClientAuthenticator> {
    @Override
    public String type() {
        return "ext_sigv4";
    }

    @Override
    public Class<SigV4Options> options() {
        return SigV4Options.class;
    }

    @Override
    public Class<ClientAuthenticator> kind() {
        return ClientAuthenticator.class;
    }

    @Override
    public ClientAuthenticator create(SigV4Options options, PluginContext context) {
        return new SigV4Authenticator(options, context);
    }
}
