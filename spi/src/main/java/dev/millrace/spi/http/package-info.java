/**
 * HTTP for plugins, client and server, without the types of any library.
 *
 * <p>Bodies stream with back-pressure in both directions; {@link HttpBody#collect} gathers a small one. No method blocks,
 * and handlers and continuations run on the host's workers.
 */
@NullMarked
package dev.millrace.spi.http;

import org.jspecify.annotations.NullMarked;
