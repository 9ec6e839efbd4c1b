/** HTTP/1.1 over Netty: the client and the server behind {@code dev.millrace.spi.http}. */
@NullMarked
package dev.millrace.core.transport;

import org.jspecify.annotations.NullMarked;
