/** How a client of HTTP is set up with the keys of Prometheus: credentials, encryption, proxy and header fields. */
@NullMarked
package dev.millrace.plugin.lib.credentials.client;

import org.jspecify.annotations.NullMarked;
