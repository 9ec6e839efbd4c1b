/**
 * Messages for the user: {@link dev.millrace.core.message.Message} is what can be said, {@link
 * dev.millrace.core.message.Wording} what is said.
 */
@NullMarked
package dev.millrace.core.message;

import org.jspecify.annotations.NullMarked;
