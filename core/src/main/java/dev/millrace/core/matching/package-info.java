/** Conditions on labels. */
@NullMarked
package dev.millrace.core.matching;

import org.jspecify.annotations.NullMarked;
