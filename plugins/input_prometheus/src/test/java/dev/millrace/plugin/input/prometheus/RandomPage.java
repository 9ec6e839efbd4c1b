package dev.millrace.plugin.input.prometheus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A page that changes from scrape to scrape, now and then in ways that no sane target has. */
final class RandomPage {
    private static final long TIME = 1_700_000_000_000L;

    private final Random random;
    private final boolean openMetrics;
    private final List<List<String>> families = new ArrayList<>();
    private int names;

    RandomPage(Random random, PageFormat format) {
        this.random = random;
        this.openMetrics = format == PageFormat.OPEN_METRICS;
        for (int i = random.nextInt(8); i >= 0; i--) {
            families.add(family());
        }
    }

    /** The page with values. */
    String text() {
        StringBuilder text = new StringBuilder();
        boolean timed = random.nextInt(4) == 0;
        for (List<String> family : families) {
            for (String line : family) {
                text.append(line.startsWith("#") ? line : damaged(line + value(timed)))
                        .append('\n');
            }
        }
        if (openMetrics) {
            return text.append(random.nextInt(20) == 0 ? "# EO" : "# EOF\n").toString();
        }
        switch (random.nextInt(20)) {
            case 0 -> text.append("# EOF");
            case 1 -> text.setLength(text.lastIndexOf(" ") + 1);
            case 2 -> text.append("# TYPE at_the_end gauge\n");
            default -> {
                // Most pages are right.
            }
        }
        return text.toString();
    }

    /** Changes some lines, or none. */
    void change() {
        for (int i = random.nextInt(3); i > 0; i--) {
            List<String> family = families.get(random.nextInt(families.size()));
            int at = 2 + random.nextInt(family.size() - 1);
            switch (random.nextInt(8)) {
                case 0 -> family.subList(at, family.size()).clear();
                case 1 -> family.add(at, series(family.get(0).split(" ")[2]));
                case 2 -> family.add(at, family.get(family.size() - 1).replaceFirst("^# .*", remark()));
                case 3 -> Collections.shuffle(family.subList(2, family.size()), random);
                case 4 -> families.add(random.nextInt(families.size()), family());
                case 5 -> family.add(at, remark());
                case 6 -> Collections.swap(families, 0, random.nextInt(families.size()));
                default -> {
                    family.set(0, family.get(0) + "!");
                    family.set(1, family.get(1).replace("counter", "gauge"));
                }
            }
        }
    }

    private List<String> family() {
        String name = List.of("a", "b", "h", "dropped", "up", "a_dropped").get(random.nextInt(6));
        name += name.equals("up") ? "" : "_" + names++;
        List<String> lines = new ArrayList<>();
        lines.add("# HELP " + name + " What it is.");
        lines.add("# TYPE " + name + " " + (name.startsWith("h") ? "histogram" : "counter"));
        for (int i = random.nextInt(12); i > 0; i--) {
            lines.add(series(name));
        }
        return lines;
    }

    private String remark() {
        return openMetrics ? "# UNIT other_seconds seconds" : "# a remark";
    }

    private String series(String name) {
        int number = random.nextInt(20);
        return openMetrics ? openSeries(name, number) : plainSeries(name, number);
    }

    private String openSeries(String name, int number) {
        return switch (random.nextInt(8)) {
            case 0 -> name + " ";
            case 1 -> name + "_bucket{le=\"" + number + ".5\"} ";
            case 2 -> name + "_total{x=\"" + number + "\"} ";
            case 3 -> "{\"" + name + "\",x=\"" + number + "\"} ";
            case 4, 5 -> name + "_created{x=\"" + number + "\"} ";
            case 6 -> "up{job=\"node\"} ";
            default -> name + "{y=\"ü\",x=\"" + number + "\",} ";
        };
    }

    private String plainSeries(String name, int number) {
        return switch (random.nextInt(7)) {
            case 0 -> name + " ";
            case 1 -> name + "_bucket{le=\"" + number + ".5\"} ";
            case 2 -> name + "_total{x=\"" + number + "\"}";
            case 3 -> "{\"" + name + "\",x=\"" + number + "\"}\t";
            case 4 -> name + "{ x = \"a\\n" + number + " }\", } ";
            case 5 -> "up{job=\"node\"} ";
            default -> name + "{x=\"" + number + "\",y=\"\n\"}  ";
        };
    }

    private String damaged(String line) {
        if (random.nextInt(500) > 0) {
            return line;
        }
        return new StringBuilder(line)
                .insert(random.nextInt(line.length() + 1), "\n#?{} \"x".charAt(random.nextInt(8)))
                .toString();
    }

    private String value(boolean timed) {
        String value = switch (random.nextInt(6)) {
            case 0 -> "NaN";
            case 1 -> Double.toString(random.nextGaussian() * 1e20);
            case 2 -> Long.toString(random.nextLong());
            case 3 -> "-0";
            case 4 -> Integer.toString(random.nextInt(100_000));
            default -> random.nextInt(1000) + "." + random.nextInt(1000);
        };
        if (openMetrics) {
            return value + seconds(timed) + exemplar();
        }
        if (!timed || random.nextInt(3) == 0) {
            return value;
        }
        return value + " " + (TIME + (random.nextInt(5) == 0 ? 3_600_000 : random.nextInt(3)));
    }

    private String seconds(boolean timed) {
        return timed && random.nextBoolean() ? " " + (TIME / 1000 + random.nextInt(7200)) + ".5" : "";
    }

    private String exemplar() {
        return switch (random.nextInt(4)) {
            case 0 -> " # {t=\"" + "ü".repeat(random.nextInt(140)) + "\"} 1";
            case 1 -> " # {t=\"" + random.nextInt(3) + "\"} 0.5 " + random.nextInt(1000) + ".25";
            default -> "";
        };
    }
}
