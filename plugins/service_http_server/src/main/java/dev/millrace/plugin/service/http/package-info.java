/** The plugin {@code service_http_server}: an input that clients push to, and that answers when the journal has it. */
@NullMarked
package dev.millrace.plugin.service.http;

import org.jspecify.annotations.NullMarked;
