/**
 * Configuration: YAML with positions, bound to records, with every problem of every file reported at once.
 *
 * <p>{@link dev.millrace.core.config.HostSettings#read} reads {@code millrace.yaml};
 * {@link dev.millrace.core.config.PipelineReader} reads the files of pipelines. Each goes the same way: the text becomes
 * a tree of {@code Node}s that know where they stand and in which {@code ${env:…}} and {@code ${file:…}} are replaced;
 * {@code OptionsType} describes a record; {@code Binder} makes the record of the node. What is wrong is added to
 * {@link dev.millrace.core.config.Problems}, and nothing is thrown.
 */
@NullMarked
package dev.millrace.core.config;

import org.jspecify.annotations.NullMarked;
