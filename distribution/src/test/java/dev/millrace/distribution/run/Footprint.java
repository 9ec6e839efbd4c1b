package dev.millrace.distribution.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a JVM on Linux holds after a full collection.
 *
 * @param heapBytes the heap in use
 * @param objects how many objects there are of each class of Millrace and its plugins; lambdas count by their class
 * @param otherBytes what all objects take that are neither arrays of numbers nor parts of a batch: those come and go with
 *     the newest batches, which are kept up to a budget
 * @param metaspaceBytes the metaspace in use
 * @param threads the threads by name, digits left out
 * @param files the open files by what they are, digits left out
 */
public record Footprint(
        long heapBytes,
        Map<String, Integer> objects,
        long otherBytes,
        long metaspaceBytes,
        Map<String, Integer> threads,
        Map<String, Integer> files) {
    private static final Pattern OBJECTS = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(\\S+).*");
    private static final Pattern OF_BATCHES =
            Pattern.compile("\\[+[BSIJDFZC]|(\\[+L)?dev\\.millrace\\.(spi\\.event|core\\.journal)\\..*");
    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    /** The footprint of a process at this moment. */
    public static Footprint of(long pid) throws IOException {
        List<String> histogram = tool("jcmd", Long.toString(pid), "GC.class_histogram"); // after a full collection
        Map<String, Long> memory = memory(pid);
        return new Footprint(
                heap(memory),
                objects(histogram),
                otherBytes(histogram),
                memory.get("MU"),
                threadsOf(pid),
                filesOf(pid));
    }

    /** The heap in use after a full collection, in bytes. */
    public static long heapOf(long pid) {
        tool("jcmd", Long.toString(pid), "GC.run");
        return heap(memory(pid));
    }

    private static long heap(Map<String, Long> memory) {
        return Stream.of("S0U", "S1U", "EU", "OU").mapToLong(memory::get).sum();
    }

    /* In bytes, by the names that jstat has; "-" is what a collector does not have. */
    private static Map<String, Long> memory(long pid) {
        List<String> lines = tool("jstat", "-gc", Long.toString(pid));
        String[] names = lines.get(0).strip().split("\\s+");
        String[] values = lines.get(1).strip().split("\\s+");
        return IntStream.range(0, names.length)
                .filter(i -> !values[i].equals("-"))
                .boxed()
                .collect(Collectors.toMap(i -> names[i], i -> (long) (Double.parseDouble(values[i]) * 1024)));
    }

    private static long otherBytes(List<String> histogram) {
        return histogram.stream()
                .map(OBJECTS::matcher)
                .filter(line ->
                        line.matches() && !OF_BATCHES.matcher(line.group(3)).matches())
                .mapToLong(line -> Long.parseLong(line.group(2)))
                .sum();
    }

    private static Map<String, Integer> objects(List<String> histogram) {
        Map<String, Integer> objects = new TreeMap<>();
        for (String line : histogram) {
            Matcher matcher = OBJECTS.matcher(line);
            if (matcher.matches() && matcher.group(3).startsWith("dev.millrace.")) {
                objects.merge(
                        matcher.group(3).replaceAll("\\$\\$Lambda.*", "'s lambdas"),
                        Integer.parseInt(matcher.group(1)),
                        Integer::sum);
            }
        }
        return objects;
    }

    private static Map<String, Integer> threadsOf(long pid) {
        Map<String, Integer> threads = new TreeMap<>();
        for (String line : tool("jcmd", Long.toString(pid), "Thread.print")) {
            if (line.startsWith("\"")) {
                threads.merge(line.substring(1, line.indexOf('"', 1)).replaceAll("\\d+", ""), 1, Integer::sum);
            }
        }
        return threads;
    }

    private static Map<String, Integer> filesOf(long pid) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : all) {
                try {
                    files.merge(Files.readSymbolicLink(file).toString().replaceAll("\\d+", ""), 1, Integer::sum);
                } catch (NoSuchFileException closedMeanwhile) {
                    // it is not open any more, so it does not count
                }
            }
        }
        return files;
    }

    private static List<String> tool(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TOOLS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(Map.of(), command);
        if (result.exitCode() != 0) {
            throw new AssertionError(command + " failed: " + result.errors());
        }
        return result.output();
    }

    /** Of which class of Millrace and its plugins there are more objects than there were, by more than some; parts of batches aside. */
    public Map<String, Integer> moreObjectsThan(Footprint before, int some) {
        Map<String, Integer> more = more(objects, before.objects, some);
        more.keySet().removeIf(name -> OF_BATCHES.matcher(name).matches());
        return more;
    }

    /** Which threads there are more of than there were. */
    public Map<String, Integer> moreThreadsThan(Footprint before) {
        return more(threads, before.threads, 0);
    }

    /** Which files are open more often than they were. */
    public Map<String, Integer> moreFilesThan(Footprint before) {
        return more(files, before.files, 0);
    }

    private static Map<String, Integer> more(Map<String, Integer> now, Map<String, Integer> before, int some) {
        Map<String, Integer> more = new TreeMap<>();
        now.forEach((name, count) -> {
            int added = count - before.getOrDefault(name, 0);
            if (added > some) {
                more.put(name, added);
            }
        });
        return more;
    }

    /** All threads. */
    public int threadCount() {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** All open files, sockets among them. */
    public int fileCount() {
        return files.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "heap " + (heapBytes >> 10) + " KiB (" + (otherBytes >> 10) + " KiB without batches), metaspace "
                + (metaspaceBytes >> 10) + " KiB, " + threadCount() + " threads, " + fileCount() + " files";
    }
}
