package dev.millrace.core.certificates;

import dev.millrace.spi.config.InvalidOptionException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@link NamedFiles} hold.
 *
 * @param authorities who is trusted; empty where no file says it
 * @param identity what is shown to the other side
 */
public record TlsFiles(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {
    /**
     * Reads the files.
     *
     * @throws InvalidOptionException if one can not be used; it names the option, and its message the file
     */
    public static TlsFiles read(NamedFiles named) {
        return new TlsFiles(authorities(named), identity(named));
    }

    /** What is wrong with the files: with those of the authorities and those of the identity, each if it is. */
    public static List<InvalidOptionException> problems(NamedFiles named) {
        List<InvalidOptionException> problems = new ArrayList<>();
        for (Function<NamedFiles, ?> reading :
                List.<Function<NamedFiles, ?>>of(TlsFiles::authorities, TlsFiles::identity)) {
            try {
                var unused = reading.apply(named);
            } catch (InvalidOptionException problem) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static List<X509Certificate> authorities(NamedFiles named) {
        return named.authorities()
                .map(source -> use(source, CertificateChain::of))
                .orElse(List.of());
    }

    private static Optional<ClientIdentity> identity(NamedFiles named) {
        return named.certificate().flatMap(certificate -> named.key().map(key -> identity(certificate, key, named)));
    }

    private static ClientIdentity identity(PemSource certificate, PemSource keySource, NamedFiles named) {
        List<X509Certificate> chain = use(certificate, CertificateChain::of);
        PrivateKey key = use(keySource, file -> PrivateKeys.of(file, named.keyPassword()));
        ClientIdentity identity = new ClientIdentity(key, chain);
        return use(keySource, file -> {
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

    private static <T> T use(PemSource source, Use<T> use) {
        try {
            return use.of(source.read());
        } catch (UnusableFileException e) {
            throw new InvalidOptionException(source.option(), source.at(String.valueOf(e.getMessage())));
        }
    }

    /** A text that changes with the content of the files, and where one appears or disappears. */
    public static String fingerprint(NamedFiles named) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            named.all().forEach(source -> {
                digest.update(source.content());
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
