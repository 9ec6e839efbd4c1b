/** What passes components, shown live to whoever asks. */
@NullMarked
package dev.millrace.core.tap;

import org.jspecify.annotations.NullMarked;
