package dev.millrace.core.certificates;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one side of a connection shows to the other.
 *
 * @param key the private key of the first certificate
 * @param chain the certificate, and those between it and its authority
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }

    /** Whether what the key signs can be verified with the certificate. */
    boolean fits() throws UnusableFileException {
        PublicKey known = certificate().getPublicKey();
        if (!known.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> "";
        };
        return algorithm.isEmpty() || verifies(algorithm, known);
    }

    private boolean verifies(String algorithm, PublicKey known) throws UnusableFileException {
        byte[] text = "a text to sign".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException("its key can not be used: " + e.getMessage());
        }
    }
}
