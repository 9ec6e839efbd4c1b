/** Targets that a cluster of Kubernetes knows. */
@NullMarked
package dev.millrace.plugin.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
