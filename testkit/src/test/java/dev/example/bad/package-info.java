/** Plugins that break the rules of the SPI, one each. */
package dev.example.bad;
