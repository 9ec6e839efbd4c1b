package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Files of several dead letters, as earlier versions wrote them. */
public final class DeadLetterFiles {
    private DeadLetterFiles() {}

    /** Writes a file of letters that is older than any other. */
    public static void write(FileAccess files, Path folder, DeadLetter... letters) throws IOException {
        files.createFolder(folder);
        DeadLetterFile file = DeadLetterFile.create(files, folder, 1);
        for (DeadLetter letter : letters) {
            file.add(letter);
        }
        file.write();
        file.force();
        file.close();
    }
}
