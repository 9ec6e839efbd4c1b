package dev.millrace.distribution.comparison.report;

/**
 * A program in a report.
 *
 * @param name its name in turns
 * @param title what it is, with its version
 * @param command the command that starts it, without the paths of a machine
 */
public record Contestant(String name, String title, String command) {}
