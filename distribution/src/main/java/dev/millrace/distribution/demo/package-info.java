/** {@code millrace demo}: an outage with a kill -9 in its middle, counted outside the collector. */
@NullMarked
package dev.millrace.distribution.demo;

import org.jspecify.annotations.NullMarked;
