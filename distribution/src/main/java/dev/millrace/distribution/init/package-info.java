/** {@code millrace init}: a configuration to begin with, of one's own Prometheus or of nothing. */
@NullMarked
package dev.millrace.distribution.init;

import org.jspecify.annotations.NullMarked;
