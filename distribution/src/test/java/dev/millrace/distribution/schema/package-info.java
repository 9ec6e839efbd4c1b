/** What is printed of the descriptions of options, held against the binder. */
package dev.millrace.distribution.schema;
