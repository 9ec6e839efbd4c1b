package dev.millrace.core.host;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings with which the host was started, held against their file at each reload.
 *
 * @param file the file
 * @param settings what it said
 */
record SettingsAtStart(Path file, HostSettings settings) {
    /** Adds what is wrong in the file now, or a notice where it says something else than at the start. */
    void check(Problems problems) {
        Optional<HostSettings> now = HostSettings.read(file, System::getenv, problems);
        if (now.isPresent() && !now.get().equals(settings)) {
            problems.notice(
                    Location.of(file.toString()),
                    "",
                    "is not what it was at the start; the change waits for the next start");
        }
    }
}
