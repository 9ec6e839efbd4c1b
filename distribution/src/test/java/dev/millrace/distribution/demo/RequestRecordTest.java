package dev.millrace.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file between the demo's receiver and the count. */
final class RequestRecordTest {
    @TempDir
    Path folder;

    @Test
    void isReadWhileItGrowsAndAcrossWriters() throws Exception {
        Path file = folder.resolve("record");
        RequestRecord.Reader reader;
        try (RequestRecord record = RequestRecord.append(file)) {
            reader = new RequestRecord.Reader(file);
            assertThat(reader.next()).isEmpty();
            record.add(new byte[] {1, 2});
            record.add(new byte[0]);
            assertThat(reader.next()).containsExactly(new byte[] {1, 2}, new byte[0]);
        }
        try (RequestRecord record = RequestRecord.append(file)) {
            record.add(new byte[] {3});
        }
        assertThat(reader.next()).containsExactly(new byte[] {3});
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aRequestThatIsStillBeingWrittenIsReadWhenItIsWhole() throws Exception {
        Path file = Files.write(folder.resolve("record"), new byte[] {0, 0, 0, 2, 7});
        RequestRecord.Reader reader = new RequestRecord.Reader(file);
        assertThat(reader.next()).isEmpty();
        Files.write(file, new byte[] {8}, StandardOpenOption.APPEND);
        assertThat(reader.next()).containsExactly(new byte[] {7, 8});
    }

    @Test
    void takesNothingOnceItIsClosed() throws Exception {
        RequestRecord record = RequestRecord.append(folder.resolve("record"));
        record.close();
        assertThatThrownBy(() -> record.add(new byte[1])).isInstanceOf(ClosedChannelException.class);
    }
}
