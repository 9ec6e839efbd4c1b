package dev.millrace.core.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a file in PEM (RFC 7468); what stands between them is skipped. */
record PemFile(List<Block> blocks) {
    private static final int MAX_BYTES = 4 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** A block: what it says that it is, and what stands in it. */
    record Block(String label, String text) {
        /** Whether it begins with fields that say how it is encrypted (RFC 1421), which PKCS#8 does without. */
        boolean encryptedByFields() {
            return text.contains("ENCRYPTED");
        }

        byte[] content() throws UnusableFileException {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new UnusableFileException("the block " + label + " is damaged: " + e.getMessage());
            }
        }
    }

    static PemFile read(Path file) throws UnusableFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new UnusableFileException("a folder (expected: a file)");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new UnusableFileException("more than " + (MAX_BYTES >> 20) + " MiB (expected: at most that)");
            }
            return parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new UnusableFileException("no such file");
        } catch (AccessDeniedException e) {
            throw new UnusableFileException("cannot be read: permission denied");
        } catch (IOException e) {
            throw new UnusableFileException("cannot be read: " + e.getMessage());
        }
    }

    static PemFile parse(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new PemFile(List.copyOf(blocks));
    }

    /** The first block whose label ends so. */
    Optional<Block> first(String ending) {
        return blocks.stream().filter(block -> block.label().endsWith(ending)).findFirst();
    }
}
