/** The plugin {@code service_otlp}: an input for OTLP over HTTP and gRPC, which answers when the journal has the data. */
@NullMarked
package dev.millrace.plugin.service.otlp;

import org.jspecify.annotations.NullMarked;
