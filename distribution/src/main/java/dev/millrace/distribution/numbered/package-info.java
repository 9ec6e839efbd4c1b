/**
 * What is counted outside the collector: targets that number their pages, an endpoint of remote write with a reader of its
 * own, and the judgement of what arrived. The demo and the end-to-end tests stand on it; it uses nothing of Millrace.
 */
@NullMarked
package dev.millrace.distribution.numbered;

import org.jspecify.annotations.NullMarked;
