/** An input that takes what others push over HTTP. */
@NullMarked
package dev.millrace.plugin.service.http;

import org.jspecify.annotations.NullMarked;
