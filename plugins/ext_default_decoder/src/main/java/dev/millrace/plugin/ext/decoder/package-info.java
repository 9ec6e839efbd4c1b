/** Decoders for the formats that ship. */
@NullMarked
package dev.millrace.plugin.ext.decoder;

import org.jspecify.annotations.NullMarked;
