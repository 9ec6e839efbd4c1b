package dev.millrace.core.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code bin/millrace} that a jar beside the host adds: one that knows plugins, which the host does not.
 *
 * <p>It is a public class with picocli's {@code @Command}, which holds its name, and a constructor without parameters.
 * {@link Main} finds it by {@link java.util.ServiceLoader} on the class path, and ends the process with the exit code that
 * {@link #call} returns, one of {@link dev.millrace.core.host.ExitCode}. Plugins in their folders are not looked at.
 */
public interface Subcommand extends Callable<Integer> {}
