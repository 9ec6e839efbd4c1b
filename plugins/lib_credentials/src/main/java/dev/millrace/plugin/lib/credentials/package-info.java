/** What plugins that hold credentials share: a secret from the configuration, or from a file that may change. */
@NullMarked
package dev.millrace.plugin.lib.credentials;

import org.jspecify.annotations.NullMarked;
