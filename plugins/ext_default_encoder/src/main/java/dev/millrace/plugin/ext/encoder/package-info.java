/** Encoders for the formats that ship. */
@NullMarked
package dev.millrace.plugin.ext.encoder;

import org.jspecify.annotations.NullMarked;
