/**
 * The commands of {@code bin/millrace} that know plugins, each in a package of its own. They stand in {@code lib/}, where
 * they see the host and its libraries, and know plugins by their IDs and options only: no class of a plugin is there.
 */
@NullMarked
package dev.millrace.distribution;

import org.jspecify.annotations.NullMarked;
