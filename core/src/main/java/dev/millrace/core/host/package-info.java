/** The host: its data folder, its life from start to stop, and the reload of its pipelines. */
@NullMarked
package dev.millrace.core.host;

import org.jspecify.annotations.NullMarked;
