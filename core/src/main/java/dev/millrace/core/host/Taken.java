package dev.millrace.core.host;

import dev.millrace.core.config.Factories;
import java.util.List;

/**
 * What a reload takes before it reads the pipelines.
 *
 * @param plugins the plugins that can be used
 * @param problems what is wrong with the others, a line each
 */
record Taken(Factories plugins, List<String> problems) {
    Taken {
        problems = List.copyOf(problems);
    }
}
