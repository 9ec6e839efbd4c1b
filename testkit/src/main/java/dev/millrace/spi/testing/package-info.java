/**
 * A test kit for plugins. {@link dev.millrace.spi.testing.PluginRules} drives a plugin through its life, with what goes
 * wrong in one, and names each rule of the SPI that it breaks; {@link dev.millrace.spi.testing.PluginLife} is one component
 * in the hands of a test, with a {@link dev.millrace.spi.testing.TestContext} whose time, network and journal the test
 * controls.
 *
 * <p>It depends on the SPI and on no test framework.
 */
@NullMarked
package dev.millrace.spi.testing;

import org.jspecify.annotations.NullMarked;
