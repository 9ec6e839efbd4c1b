/** Authentication of those who send requests to a listener. */
@NullMarked
package dev.millrace.plugin.ext.serverauth;

import org.jspecify.annotations.NullMarked;
