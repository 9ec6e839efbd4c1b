package dev.millrace.core.certificates;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * As much of DER (X.690) as puts a key of an older form into PKCS#8 (RFC 5208, section 5):
 *
 * <pre>
 * PrivateKeyInfo ::= SEQUENCE {
 *   version              INTEGER 0
 *   privateKeyAlgorithm  SEQUENCE { algorithm OBJECT IDENTIFIER, parameters }
 *   privateKey           OCTET STRING, the key in its older form
 * }
 * </pre>
 */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS_OF_EC = 0xa0;

    /** {@code rsaEncryption}, 1.2.840.113549.1.1.1, and NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    /** {@code id-ecPublicKey}, 1.2.840.10045.2.1. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    private final byte[] bytes;
    private int position;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return pkcs8(RSA, pkcs1);
    }

    static byte[] pkcs8OfEc(byte[] sec1) throws UnusableFileException {
        return pkcs8(concatenate(EC, curve(sec1)), sec1);
    }

    /* ECPrivateKey ::= SEQUENCE { 1, privateKey OCTET STRING, parameters [0] OBJECT IDENTIFIER, publicKey [1] } */
    private static byte[] curve(byte[] sec1) throws UnusableFileException {
        Der fields = new Der(new Der(sec1).value(SEQUENCE));
        fields.value(INTEGER);
        fields.value(OCTET_STRING);
        byte[] parameters = fields.value(PARAMETERS_OF_EC);
        new Der(parameters).value(OBJECT_IDENTIFIER);
        return parameters;
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, concatenate(VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    private static byte[] element(int tag, byte[] value) {
        ByteArrayOutputStream element = new ByteArrayOutputStream(value.length + 5);
        element.write(tag);
        if (value.length < 0x80) {
            element.write(value.length);
        } else {
            int size = value.length > 0xffff ? 3 : value.length > 0xff ? 2 : 1;
            element.write(0x80 | size);
            for (int i = size - 1; i >= 0; i--) {
                element.write(value.length >> (8 * i));
            }
        }
        element.writeBytes(value);
        return element.toByteArray();
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The value of the next element, which has to have this tag. */
    private byte[] value(int tag) throws UnusableFileException {
        if (next() != tag) {
            throw damaged();
        }
        int length = next();
        if (length >= 0x80) {
            int size = length & 0x7f;
            if (size < 1 || size > 3) {
                throw damaged();
            }
            length = 0;
            for (int i = 0; i < size; i++) {
                length = length << 8 | next();
            }
        }
        if (length > bytes.length - position) {
            throw damaged();
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    private int next() throws UnusableFileException {
        if (position == bytes.length) {
            throw damaged();
        }
        return bytes[position++] & 0xff;
    }

    private static UnusableFileException damaged() {
        return new UnusableFileException("its EC key is damaged or does not name its curve; convert it with:"
                + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }
}
