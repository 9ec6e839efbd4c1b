/**
 * What programs are measured with: targets that they scrape, a receiver that counts what they write and can fail, and what
 * the operating system accounts to them.
 */
package dev.millrace.distribution.comparison.load;
