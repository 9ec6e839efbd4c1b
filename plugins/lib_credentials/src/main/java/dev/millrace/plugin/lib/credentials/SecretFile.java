package dev.millrace.plugin.lib.credentials;

import dev.millrace.spi.http.HttpConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text in a file: UTF-8, not empty, without the line's end behind it.
 *
 * <p>The content is read each time, so that any way of changing it is seen, such as the swap of symbolic links by which
 * Kubernetes updates a secret. While the file can not be used, the last text stays, which is said once.
 */
final class SecretFile implements SecretText {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int LARGEST = 64 << 10;

    private final String name;
    private final Path file;
    private final TextForm form;
    private final Object lock = new Object();
    private volatile @Nullable String text;
    private volatile String problem = "";

    /**
     * A file that was not read yet.
     *
     * @param name the option, for messages
     */
    SecretFile(String name, Path file, TextForm form) {
        this.name = name;
        this.file = file;
        this.form = form;
    }

    @Override
    public String get() throws HttpConfigurationException {
        String known = text;
        if (known == null) {
            throw new HttpConfigurationException(name + ": " + problem);
        }
        return known;
    }

    @Override
    public boolean refresh() {
        synchronized (lock) {
            try {
                return use(look());
            } catch (UnusableTextException e) {
                complain(String.valueOf(e.getMessage()));
                return false;
            }
        }
    }

    /** Why the file can not be used at the moment. */
    Optional<String> problem() {
        try {
            var unused = look();
            return Optional.empty();
        } catch (UnusableTextException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @SuppressWarnings("UnusedException") // says no more than the message
    private String look() {
        String read;
        try {
            read = read();
        } catch (IOException e) {
            throw new UnusableTextException(reason(e));
        }
        form.problem(read).ifPresent(wrong -> {
            throw new UnusableTextException(file + ": " + wrong);
        });
        return read;
    }

    private boolean use(String read) {
        if (!problem.isEmpty()) {
            LOG.info("{}: {} can be used again", name, file);
            problem = "";
        }
        boolean changed = !read.equals(text);
        text = read;
        return changed;
    }

    private void complain(String now) {
        if (problem.isEmpty()) {
            LOG.warn("{}: {}; {}", name, now, text == null ? "nothing can be done without it" : "the last text stays");
        }
        problem = now;
    }

    private String read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new UnusableTextException(file + " is large (expected: at most 64 KiB)");
        }
        String read = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        String line = read.endsWith("\r\n")
                ? read.substring(0, read.length() - 2)
                : read.endsWith("\n") ? read.substring(0, read.length() - 1) : read;
        if (line.isEmpty()) {
            throw new UnusableTextException(file + " is empty (expected: a secret)");
        }
        return line;
    }

    private String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file: " + file;
        }
        if (e instanceof AccessDeniedException) {
            return file + " may not be read by this user";
        }
        if (e instanceof CharacterCodingException) {
            return file + " is not UTF-8";
        }
        return file + " cannot be read: " + Optional.ofNullable(e.getMessage()).orElse(e.toString());
    }

    /** Says what is wrong with a content, without repeating it. */
    private static final class UnusableTextException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnusableTextException(String message) {
            super(message);
        }
    }
}
