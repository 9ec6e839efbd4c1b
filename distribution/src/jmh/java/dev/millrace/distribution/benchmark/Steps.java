package dev.millrace.distribution.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * The command: runs benchmarks with the arguments of JMH, and then prints a table of them.
 *
 * <p>A step stands beside the method {@value #LIMIT} of its class, with the same parameters or none: what the same bytes cost
 * without the step.
 */
public final class Steps {
    private static final String LIMIT = "limit";

    private final Map<String, RunResult> results = new TreeMap<>();

    private Steps(Collection<RunResult> all) {
        all.forEach(result -> results.put(name(result.getParams(), method(result)), result));
    }

    /** Takes the arguments of JMH. */
    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        CommandLineOptions options = new CommandLineOptions(arguments);
        if (options.shouldList() || options.shouldHelp()) {
            new Runner(options).list();
            return;
        }
        new Steps(new Runner(options).run()).print();
    }

    private void print() {
        System.out.println("\n| step | ns a sample | of the limit's | MB/s | bytes | compressed | allocated bytes |"
                + "\n| --- | --- | --- | --- | --- | --- | --- |");
        results.forEach((name, result) -> System.out.println("| " + name + " | "
                + String.join(
                        " | ",
                        cell("%.1f", score(result)),
                        cell("%.1f", score(result) / score(limit(result))),
                        cell("%.0f", 1000 / secondary(result, "bytes")),
                        cell("%.1f", score(result) / secondary(result, "bytes")),
                        cell("%.1f", score(result) / secondary(result, "compressed")),
                        cell("%.1f", secondary(result, "gc.alloc.rate.norm")))
                + " |"));
    }

    private RunResult limit(RunResult result) {
        if (method(result).equals(LIMIT)) {
            return null;
        }
        RunResult same = results.get(name(result.getParams(), LIMIT));
        return same == null ? results.get(type(result.getParams()) + "." + LIMIT) : same;
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static double score(RunResult result) {
        return result == null ? Double.NaN : result.getPrimaryResult().getScore();
    }

    private static double secondary(RunResult result, String name) {
        Result<?> found = result.getSecondaryResults().get(name);
        return found == null ? Double.NaN : found.getScore();
    }

    private static String method(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    /* The class without its package. */
    private static String type(BenchmarkParams params) {
        String[] path = params.getBenchmark().split("\\.");
        return path[path.length - 2];
    }

    /* The class, the method, and the parameters. */
    private static String name(BenchmarkParams params, String method) {
        String values = params.getParamsKeys().stream()
                .map(key -> key + " " + params.getParam(key))
                .collect(Collectors.joining(", "));
        return type(params) + "." + method + (values.isEmpty() ? "" : " (" + values + ")");
    }
}
