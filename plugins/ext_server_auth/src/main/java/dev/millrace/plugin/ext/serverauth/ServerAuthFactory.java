package dev.millrace.plugin.ext.serverauth;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.ServerAuthenticator;

/** The plugin {@code ext_server_auth}. */
public final class ServerAuthFactory implements PluginFactory<ServerAuthOptions, ServerAuthenticator> {
    @Override
    public String type() {
        return "ext_server_auth";
    }

    @Override
    public Class<ServerAuthOptions> options() {
        return ServerAuthOptions.class;
    }

    @Override
    public Class<ServerAuthenticator> kind() {
        return ServerAuthenticator.class;
    }

    @Override
    public ServerAuthenticator create(ServerAuthOptions options, PluginContext context) {
        return new KnownClients(options, context);
    }
}
