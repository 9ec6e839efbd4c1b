/** Calls into plugins: their deadlines, their threads, and what they throw, in words. */
@NullMarked
package dev.millrace.core.calls;

import org.jspecify.annotations.NullMarked;
