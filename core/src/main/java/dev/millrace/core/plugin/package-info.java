/**
 * Plugins: found in folders, resolved from their manifests, and loaded into a class loader each.
 *
 * <p>{@link PluginLoader} makes a {@link PluginCatalog}; what is wrong with a plugin is a {@link PluginProblem} of the
 * catalog, and costs that plugin and those that require it, no other.
 */
@NullMarked
package dev.millrace.core.plugin;

import org.jspecify.annotations.NullMarked;
