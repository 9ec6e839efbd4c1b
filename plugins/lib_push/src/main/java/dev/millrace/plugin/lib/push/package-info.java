/**
 * What inputs share that clients push to over HTTP: bodies within a budget, refusals, and an answer when the journal holds
 * what was sent.
 */
@NullMarked
package dev.millrace.plugin.lib.push;

import org.jspecify.annotations.NullMarked;
