/** The files of {@link dev.millrace.spi.http.TlsSettings} and {@link dev.millrace.spi.http.ServerTlsSettings}: certificates and private keys in PEM. */
@NullMarked
package dev.millrace.core.certificates;

import org.jspecify.annotations.NullMarked;
