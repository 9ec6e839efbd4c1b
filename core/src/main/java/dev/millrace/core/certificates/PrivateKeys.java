package dev.millrace.core.certificates;

import dev.millrace.spi.config.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads a private key.
 *
 * <pre>
 * block                     form
 * PRIVATE KEY               PKCS#8 (RFC 5208)
 * ENCRYPTED PRIVATE KEY     PKCS#8, encrypted with a password
 * RSA PRIVATE KEY           PKCS#1 (RFC 8017, appendix A.1.2)
 * EC PRIVATE KEY            SEC 1 (RFC 5915), with the name of its curve
 * </pre>
 */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final String CONVERT = "; convert it with: openssl pkcs8 -topk8 -in OLD -out NEW";

    private PrivateKeys() {}

    static PrivateKey of(PemFile file, Optional<Secret> password) throws UnusableFileException {
        PemFile.Block block = file.first("PRIVATE KEY")
                .orElseThrow(() ->
                        new UnusableFileException("no private key in it (expected: PEM, -----BEGIN PRIVATE KEY-----)"));
        if (block.encryptedByFields()) {
            throw new UnusableFileException("its key is encrypted in an old form" + CONVERT);
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(block.content());
            case "ENCRYPTED PRIVATE KEY" -> key(decrypt(block.content(), password));
            case "RSA PRIVATE KEY" -> key(Der.pkcs8OfRsa(block.content()));
            case "EC PRIVATE KEY" -> key(Der.pkcs8OfEc(block.content()));
            default -> throw new UnusableFileException("its key is of the form " + block.label() + CONVERT);
        };
    }

    private static PrivateKey key(byte[] pkcs8) throws UnusableFileException {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, pkcs8);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new UnusableFileException("its key is damaged, or none of " + String.join(", ", ALGORITHMS));
    }

    @SuppressWarnings("UnusedException") // it is a key of another algorithm, then
    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] decrypt(byte[] encrypted, Optional<Secret> password) throws UnusableFileException {
        if (password.isEmpty()) {
            throw new UnusableFileException("its key is encrypted (expected: KeyPassword)");
        }
        EncryptedPrivateKeyInfo info;
        Cipher cipher;
        try {
            info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            String name = info.getAlgName();
            String scheme = name.startsWith("PBEWith") || parameters == null ? name : parameters.toString();
            SecretKey key = SecretKeyFactory.getInstance(scheme)
                    .generateSecret(new PBEKeySpec(password.get().reveal().toCharArray()));
            cipher = Cipher.getInstance(scheme);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableFileException("its key cannot be decrypted: " + e.getMessage() + CONVERT);
        }
        try {
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException("its key cannot be decrypted with KeyPassword (" + e.getMessage() + ")");
        }
    }
}
