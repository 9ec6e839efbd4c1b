package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownContentsTest {
    @TempDir
    Path folder;

    /** An hour from now, when nothing that the test did is recent. */
    private final Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    @Test
    void saysWhatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        KnownContents contents = new KnownContents(later);
        assertThat(contents.fingerprint(file)).isEqualTo(FileContent.fingerprint(file));
        assertThat(contents.fingerprint(file)).isEqualTo(FileContent.fingerprint(file));
        assertThat(contents.fingerprint(folder.resolve("none"))).isEqualTo("missing");
    }

    @Test
    void seesAChangeThatLeavesSizeAndTimeAsTheyWere() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "one");
        FileTime time = Files.getLastModifiedTime(file);
        KnownContents contents = new KnownContents(later);
        contents.fingerprint(file);
        Object before = Files.getAttribute(file, "unix:ctime");
        do {
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, time);
        } while (Files.getAttribute(file, "unix:ctime").equals(before));
        assertThat(contents.fingerprint(file)).isEqualTo(FileContent.fingerprint(file));
    }

    @Test
    void seesAnotherFileBehindALink() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "one");
        Path two = Files.writeString(folder.resolve("two"), "two");
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        KnownContents contents = new KnownContents(later);
        contents.fingerprint(link);
        Files.delete(link);
        Files.createSymbolicLink(link, two);
        assertThat(contents.fingerprint(link)).isEqualTo(FileContent.fingerprint(two));
    }

    @Test
    void readsWhatChangedJustNowAgain() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        KnownContents contents = new KnownContents(Clock.systemUTC());
        Path file = folder.resolve("a");
        for (int i = 0; i < 2_000; i++) { // many within a tick of the clock of files
            Files.writeString(file, "" + random.nextInt(10));
            assertThat(contents.fingerprint(file)).isEqualTo(FileContent.fingerprint(file));
        }
    }

    @Test
    void isSlowToTrustOnlyWhereTheTimeIsRecent() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        Clock longAgo =
                Clock.fixed(Files.getLastModifiedTime(file).toInstant().minus(Duration.ofDays(1)), ZoneOffset.UTC);
        KnownContents contents = new KnownContents(longAgo); // a clock that went back
        contents.fingerprint(file);
        Files.writeString(file, "two");
        assertThat(contents.fingerprint(file)).isEqualTo(FileContent.fingerprint(file));
    }
}
