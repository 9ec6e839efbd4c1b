package dev.millrace.core.plugin;

import java.lang.ref.WeakReference;

/**
 * A plugin whose class loader was closed.
 *
 * @param id its ID
 * @param version its version
 * @param loader its class loader, as long as something holds that
 */
public record ClosedPlugin(String id, Version version, WeakReference<? extends ClassLoader> loader) {}
