/** What an operator asks over HTTP: health, readiness, metrics, reload. */
@NullMarked
package dev.millrace.core.admin;

import org.jspecify.annotations.NullMarked;
