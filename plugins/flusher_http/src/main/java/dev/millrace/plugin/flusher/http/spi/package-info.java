/**
 * What {@code flusher_http} offers to other plugins, so that another protocol over HTTP is a small plugin.
 *
 * <p>Such a plugin holds {@link HttpFlusherSettings} inline in its options, makes one {@link HttpSender} from them, and
 * passes each slice to it. What it adds is an encoder, the headers of its protocol, and, where its destination means
 * something else by a status, a changed {@link StatusTable}.
 */
@NullMarked
package dev.millrace.plugin.flusher.http.spi;

import org.jspecify.annotations.NullMarked;
