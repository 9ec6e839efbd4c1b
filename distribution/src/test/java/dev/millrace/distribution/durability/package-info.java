/** What is kept and what is lost, on real processes, and the page that says so. */
@NullMarked
package dev.millrace.distribution.durability;

import org.jspecify.annotations.NullMarked;
