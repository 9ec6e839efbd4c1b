/** Tokens for outgoing HTTP requests, from a token endpoint (RFC 6749). */
@NullMarked
package dev.millrace.plugin.lib.credentials.oauth2;

import org.jspecify.annotations.NullMarked;
