package dev.millrace.distribution.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A small volume of its own for a test. Who may not mount gets none: the test is skipped, and says why. */
public final class SmallVolume implements AutoCloseable {
    private static final int CHUNK = 64 << 10;

    private final Path folder;
    private final Deque<Path> mounts = new ArrayDeque<>();
    private Path image;

    private SmallVolume(Path folder) {
        this.folder = folder;
    }

    /** A file system in memory, mounted at {@code folder}. */
    public static SmallVolume tmpfs(Path folder, String size) throws IOException {
        SmallVolume volume = new SmallVolume(folder);
        volume.mount(folder, "-t", "tmpfs", "-o", "size=" + size, "millrace-test");
        return volume;
    }

    /**
     * A file system with a journal, of 64 MiB, mounted at {@code folder}, on a device whose own room is {@code size}: what
     * goes beyond is accepted by the file system and fails when the device is to write it.
     */
    public static SmallVolume ext4(Path folder, Path device, String size) throws IOException {
        SmallVolume volume = new SmallVolume(folder);
        volume.mount(device, "-t", "tmpfs", "-o", "size=" + size, "millrace-test");
        volume.image = device.resolve("image");
        try (var file = Files.newByteChannel(
                volume.image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            file.position((64L << 20) - 1).write(ByteBuffer.allocate(1));
        }
        try {
            run("mkfs.ext4", "-q", "-E", "nodiscard", volume.image.toString());
            volume.mountImage();
        } catch (AssertionError | RuntimeException e) {
            volume.close();
            throw e;
        }
        return volume;
    }

    private void mountImage() throws IOException {
        mount(folder, "-o", "loop", image.toString());
    }

    private void mount(Path place, String... options) throws IOException {
        Files.createDirectories(place);
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(options));
        command.add(place.toString());
        Commands.Result result = Commands.run(Map.of(), command);
        if (result.exitCode() != 0) {
            close();
            String reason = "skipped: no volume can be mounted here: " + String.join(" ", result.errors());
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        mounts.push(place);
    }

    /** Uses up all room that is left; what was used is given back by {@link #empty}. */
    public void fill() throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream file =
                Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = CHUNK; size > 0; size /= 2) {
                write(file, chunk, size);
            }
        }
    }

    /** Uses up room until only so many bytes are left, or a little less. */
    public void leave(long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream file = Files.newOutputStream(filler())) {
            while (room() > bytes) {
                file.write(chunk);
            }
        }
    }

    private static void write(OutputStream file, byte[] chunk, int size) {
        try {
            while (true) {
                file.write(chunk, 0, size);
            }
        } catch (IOException full) {
            // that is what it is for
        }
    }

    /** The room that is left, in bytes. */
    public long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Gives back what {@link #fill} used. */
    public void empty() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Has every write fail, also to files that are open, until {@link #takeWrites}. Only with {@link #ext4}. */
    public void failWrites() {
        run("chattr", "-R", "+i", folder.toString());
    }

    /** Lets it be written again. */
    public void takeWrites() {
        run("chattr", "-R", "-i", folder.toString());
    }

    /** Makes the file system read-only under all who have its files open, as it does itself after an error. */
    public void abort() {
        run("mount", "-o", "remount,abort", folder.toString());
    }

    /** Mounts the file system anew, checked, in its own place, under all who have files of the old one open. */
    public void replace() throws IOException {
        run("umount", "--lazy", mounts.pop().toString());
        Commands.run(Map.of(), List.of("e2fsck", "-fy", image.toString()));
        Commands.Result device = Commands.run(Map.of(), List.of("losetup", "--find", "--show", image.toString()));
        mount(folder, device.output().get(0));
        run("losetup", "--detach", device.output().get(0)); // when it is unmounted
    }

    /** Gives the device room, and mounts the file system anew, checked. Nobody has a file of it open. */
    public void repair(String size) throws IOException {
        unmount(mounts.pop());
        run("mount", "-o", "remount,size=" + size, mounts.element().toString());
        Commands.run(Map.of(), List.of("e2fsck", "-fy", image.toString()));
        mountImage();
    }

    private static void run(String... command) {
        Commands.Result result = Commands.run(Map.of(), List.of(command));
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + String.join(" ", result.errors()));
        }
    }

    private static void unmount(Path place) {
        run("umount", place.toString());
    }

    @Override
    public void close() {
        while (!mounts.isEmpty()) {
            unmount(mounts.pop());
        }
    }
}
