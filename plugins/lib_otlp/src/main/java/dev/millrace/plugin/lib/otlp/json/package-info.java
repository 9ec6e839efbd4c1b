/** OTLP's JSON, written as OTLP's protobuf, so that there is one reader. */
@NullMarked
package dev.millrace.plugin.lib.otlp.json;

import org.jspecify.annotations.NullMarked;
