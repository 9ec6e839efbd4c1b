package dev.millrace.distribution.comparison.report;

import java.util.Locale;

/** A kind of figure that a turn of a program yields. A million is a million samples of pages that the receiver got. */
public enum Figure {
    /** Processor time of the program in the window, of the system and its own. */
    CPU("CPU s for a million samples", 2, Form.RATIO),
    /** The same from the start of the process to the end of its turn. */
    CPU_FROM_START("the same from start", 2, Form.RATIO),
    /** The same while the destination was there, before the backlog. */
    CPU_LIVE("CPU s live", 2, Form.RATIO),
    /** What a sample of a backlog costs, for what a live one does. */
    CPU_TO_LIVE("backlog to live", 2, Form.NUMBER),
    /** The same for a million data points of OTLP, each of which may become several samples. */
    CPU_POINT("CPU s for a million data points", 2, Form.RATIO),
    /** The same from the start of the process to the end of its turn. */
    CPU_POINT_FROM_START("the same from start", 2, Form.RATIO),
    /** The largest resident memory. */
    PEAK_MIB("peak RSS MiB", 0, Form.RATIO),
    /** The resident memory at the end of the window. */
    RESIDENT("RSS MiB at the end", 0, Form.RATIO),
    /** How much of it came in the second half of the window. */
    GROWTH("of that, in the second half", 1, Form.NUMBER),
    /** The heap of a JVM after a full collection at the end of the window. */
    HEAP("heap MiB after a collection", 1, Form.NUMBER),
    /** How much of it came in the second half of the window. */
    HEAP_GROWTH("of that, in the second half", 1, Form.NUMBER),
    /** The largest resident memory for each series. */
    BYTES_PER_SERIES("RSS bytes a series", 0, Form.NUMBER),
    /** The bodies as posted, for each sample in them. */
    BYTES_PER_SAMPLE("bytes a sample", 1, Form.RATIO),
    /** From the start of the process to the first sample at the receiver. */
    FIRST_SEND("first send s", 2, Form.RATIO),
    /** From the recovery of the receiver to the last new sample. */
    CAUGHT_UP("caught up s", 1, Form.RATIO),
    /** Samples a second that the receiver got of a backlog. */
    RATE("samples a second", 0, Form.RATIO),
    /** Samples a second that the receiver takes where they were recorded and are sent back to back. */
    RATE_ALONE("receiver alone", 0, Form.NUMBER),
    /** The one for the other. */
    RATE_TO_ALONE("to receiver alone", 2, Form.NUMBER),
    /** Samples on the pages that were served. */
    SERVED("served", 0, Form.SUM),
    /** Of these, those served while the receiver failed. */
    EXPOSED("served meanwhile", 0, Form.SUM),
    /** Samples that were served and did not arrive. */
    LOST("lost", 0, Form.SUM),
    /** Samples that arrived once more. */
    REPEATED("sent again", 0, Form.SUM),
    /** Samples that are older than the newest of their series. */
    OUT_OF_ORDER("out of order", 0, Form.SUM),
    /** Scrapes that did not come in their time. */
    MISSED("scrapes missed", 0, Form.SUM),
    /** The longest time between two scrapes of a target. */
    LONGEST("longest between two, intervals", 3, Form.NUMBER),
    /** The most targets that are scraped in one sixtieth of the interval, for those that would be if all were as many. */
    BUSIEST("busiest sixtieth to even", 2, Form.NUMBER),
    /** Exports of OTLP that were not taken, since the window began. */
    FAILED("exports failed", 0, Form.SUM),
    /** How often the configuration was reloaded. */
    RELOADS("reloads", 0, Form.SUM),
    /** Processor time of targets and receiver themselves, for a million. */
    CPU_LOAD("load's CPU", 2, Form.NUMBER);

    /** How turns of several rounds are shown. */
    enum Form {
        /** The median with its spread, and its ratio to the first program. */
        RATIO,
        /** The median with its spread. */
        NUMBER,
        /** The sum of all rounds. */
        SUM
    }

    private final String title;
    private final int places;
    private final Form form;

    Figure(String title, int places, Form form) {
        this.title = title;
        this.places = places;
        this.form = form;
    }

    /** What it is called in a table. */
    String title() {
        return title;
    }

    /** Its name in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Form form() {
        return form;
    }

    /** A value of it, with as many decimal places as it has. */
    String text(double value) {
        return String.format(Locale.ROOT, "%,." + places + "f", value);
    }
}
