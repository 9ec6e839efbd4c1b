package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DamagedBytesTest {
    private static final Path FOLDER = Path.of("/journal");
    private static final Path KEPT = FOLDER.resolve(DamagedBytes.FOLDER);

    private final FaultyFiles stored = new FaultyFiles();
    private int listed;

    private DamagedBytes open() {
        return new DamagedBytes(
                new Meddling(stored) {
                    @Override
                    public List<String> list(Path folder) throws IOException {
                        listed++;
                        return super.list(folder);
                    }
                },
                FOLDER);
    }

    @Test
    void keepsSoManyPlacesAtMostAndLooksWhatIsThereOnce() throws IOException {
        stored.createFolder(FOLDER);
        try (FileAccess.OpenFile file = stored.create(FOLDER.resolve("1.seg"))) {
            file.write(ByteBuffer.allocate(2_000), 0);
            for (int life = 0; life < 2; life++) {
                DamagedBytes damaged = open();
                for (int at = 0; at < 600; at++) {
                    int from = 1_000 * life + at;
                    assertThat(damaged.keep("1.seg", new DamagedBytes.Range(file, from, from + 1)))
                            .isEqualTo("; its bytes are in damaged/1.seg-" + from);
                }
            }
        }
        assertThat(listed).isEqualTo(2);
        assertThat(stored.list(KEPT)).hasSize(1_000).contains("1.seg-1599");
    }
}
