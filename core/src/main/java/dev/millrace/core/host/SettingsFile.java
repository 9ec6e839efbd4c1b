package dev.millrace.core.host;

import dev.millrace.core.config.Effective;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code millrace.yaml} while the host runs: what changed takes effect, and a file with problems changes nothing. */
final class SettingsFile {
    private final Path file;
    private final AdminEndpoint admin;
    private HostFile current;

    SettingsFile(Path file, HostFile atStart, AdminEndpoint admin) {
        this.file = file;
        current = atStart;
        this.admin = admin;
    }

    /** Takes the file as it is now, adds what is wrong in it, and returns the settings that are in force. */
    HostSettings take(Problems problems) {
        Optional<HostFile> now = HostFile.read(file, System::getenv, problems);
        if (now.isEmpty()) {
            return current();
        }
        current = now.get();
        try {
            admin.move(current().admin());
        } catch (IOException e) {
            problems.add(
                    Location.of(file.toString()), "Admin.Address", HostMessage.ADMIN_ADDRESS_UNUSABLE, e.getMessage());
        }
        return current();
    }

    /** What {@link #take} would bring into force. */
    HostFile preview(Problems problems) {
        return preview(Optional.of(file), problems);
    }

    /** What another file in its place would bring into force; without one, what is. */
    HostFile preview(Optional<Path> instead, Problems problems) {
        return instead.flatMap(path -> HostFile.read(path, System::getenv, problems))
                .orElse(current);
    }

    /** The settings that are in force. */
    HostSettings current() {
        return current.settings();
    }

    /** The same as the host understands them. */
    Effective.Mapping effective() {
        return current.effective();
    }
}
