package dev.millrace.distribution.guard;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** All steps of the build whose classes it finds. */
public final class Steps {
    private Steps() {}

    /**
     * The steps by name, in the order in which they are measured; they end with the process.
     *
     * @param folder where the journal goes, which is not there yet
     */
    public static Map<String, Runnable> of(Path folder) throws Exception {
        Scraping scraping = new Scraping();
        scraping.run();
        Encoding version1 = new Encoding("1.0", scraping.batches());
        version1.run();
        Appending appending = new Appending(folder, scraping.batches());
        appending.run();
        Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("scrape", scraping);
        steps.put("journal append", appending);
        steps.put("journal read", new Reading(appending.journal()));
        steps.put("encode 1.0", version1);
        steps.put("encode 2.0", new Encoding("2.0", scraping.batches()));
        steps.put("decode 1.0", new Decoding(version1.body()));
        return steps;
    }
}
