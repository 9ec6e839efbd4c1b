/** Names that plugins look up in the DNS. */
@NullMarked
package dev.millrace.spi.dns;

import org.jspecify.annotations.NullMarked;
