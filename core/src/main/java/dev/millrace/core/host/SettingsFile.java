package dev.millrace.core.host;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code millrace.yaml} while the host runs: a changed admin address takes effect, changed plugin folders wait for the next
 * start, and a file with problems changes nothing.
 */
final class SettingsFile {
    private final Path file;
    private final HostSettings atStart;
    private final AdminEndpoint admin;

    SettingsFile(Path file, HostSettings atStart, AdminEndpoint admin) {
        this.file = file;
        this.atStart = atStart;
        this.admin = admin;
    }

    /** Takes the file as it is now, and adds what is wrong in it. */
    void take(Problems problems) {
        Optional<HostSettings> now = HostSettings.read(file, System::getenv, problems);
        if (now.isEmpty()) {
            return;
        }
        try {
            admin.move(now.get().admin());
        } catch (IOException e) {
            problems.add(
                    Location.of(file.toString()), "Admin.Address", e.getMessage() + "; the endpoint stays where it is");
        }
        if (!now.get().plugins().equals(atStart.plugins())) {
            problems.notice(Location.of(file.toString()), "Plugins", "the change waits for the next start");
        }
    }
}
