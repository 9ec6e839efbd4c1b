/** Sends only what has certain labels: the plugin {@code ext_groupinfo_filter}. */
@NullMarked
package dev.millrace.plugin.ext.groupinfo.filter;

import org.jspecify.annotations.NullMarked;
