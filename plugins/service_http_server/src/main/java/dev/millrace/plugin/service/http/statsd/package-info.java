/** StatsD: lines that count, set and time, in datagrams. */
@NullMarked
package dev.millrace.plugin.service.http.statsd;

import org.jspecify.annotations.NullMarked;
