/** The files of {@link dev.millrace.spi.http.TlsSettings}: certificates and private keys in PEM. */
@NullMarked
package dev.millrace.core.certificates;

import org.jspecify.annotations.NullMarked;
