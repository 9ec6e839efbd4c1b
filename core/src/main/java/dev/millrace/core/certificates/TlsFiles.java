package dev.millrace.core.certificates;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the files of {@link TlsSettings} hold.
 *
 * @param authorities who is trusted; empty where no file says it
 * @param identity what the client shows
 */
public record TlsFiles(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {
    /**
     * Reads the files.
     *
     * @throws InvalidOptionException if one can not be used; it names the option, and its message the file
     */
    public static TlsFiles read(TlsSettings settings) {
        return new TlsFiles(authorities(settings), identity(settings));
    }

    /** What is wrong with the files: with those of the authorities and those of the identity, each if it is. */
    public static List<InvalidOptionException> problems(TlsSettings settings) {
        List<InvalidOptionException> problems = new ArrayList<>();
        for (Function<TlsSettings, ?> reading :
                List.<Function<TlsSettings, ?>>of(TlsFiles::authorities, TlsFiles::identity)) {
            try {
                var unused = reading.apply(settings);
            } catch (InvalidOptionException problem) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static List<X509Certificate> authorities(TlsSettings settings) {
        return settings.caFile()
                .map(file -> use("caFile", file, CertificateChain::of))
                .orElse(List.of());
    }

    private static Optional<ClientIdentity> identity(TlsSettings settings) {
        return settings.certFile()
                .flatMap(certificate -> settings.keyFile().map(key -> identity(certificate, key, settings)));
    }

    private static ClientIdentity identity(Path certificate, Path keyFile, TlsSettings settings) {
        List<X509Certificate> chain = use("certFile", certificate, CertificateChain::of);
        PrivateKey key = use("keyFile", keyFile, file -> PrivateKeys.of(file, settings.keyPassword()));
        ClientIdentity identity = new ClientIdentity(key, chain);
        return use("keyFile", keyFile, file -> {
            if (!identity.fits()) {
                throw new UnusableFileException("its key is not that of the first certificate in " + certificate);
            }
            return identity;
        });
    }

    /** What is made of a file's content. */
    @FunctionalInterface
    private interface Use<T> {
        T of(PemFile file) throws UnusableFileException;
    }

    private static <T> T use(String option, Path path, Use<T> use) {
        try {
            return use.of(PemFile.read(path));
        } catch (UnusableFileException e) {
            throw new InvalidOptionException(option, path + ": " + e.getMessage());
        }
    }

    /** The files that the settings name. */
    public static List<Path> named(TlsSettings settings) {
        return Stream.of(settings.caFile(), settings.certFile(), settings.keyFile())
                .flatMap(Optional::stream)
                .toList();
    }

    /** A text that changes with the content of the files, and where one appears or disappears. */
    public static String fingerprint(TlsSettings settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : named(settings)) {
                digest.update(content(file));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return e.getClass().getName().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
