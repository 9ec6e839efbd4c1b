/** Tests of pipelines: samples that are given, and what is expected of them. */
@NullMarked
package dev.millrace.core.trial;

import org.jspecify.annotations.NullMarked;
