package dev.millrace.plugin.ext.sigv4;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Makes the value of {@code Authorization} (AWS General Reference, "Signature Version 4 signing process").
 *
 * @param region the region of the service
 * @param service the name of the service
 */
record Signer(String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The value of {@code X-Amz-Date}. */
    static String dateTime(Instant time) {
        return DATE_TIME.format(time);
    }

    /** The time that a value of {@code X-Amz-Date} tells. */
    static Instant instant(String dateTime) {
        return Instant.from(DATE_TIME.parse(dateTime));
    }

    String authorization(CanonicalRequest request, Instant time, String accessKeyId, String secretAccessKey) {
        String dateTime = dateTime(time);
        String date = dateTime.substring(0, 8);
        String scope = date + "/" + region + "/" + service + "/" + END;
        String toSign = ALGORITHM + "\n" + dateTime + "\n" + scope + "\n" + Digests.sha256(request.text());
        byte[] key = Digests.hmac(("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8), date);
        for (String part : new String[] {region, service, END}) {
            key = Digests.hmac(key, part);
        }
        return ALGORITHM + " Credential=" + accessKeyId + "/" + scope + ", SignedHeaders=" + request.signedHeaders()
                + ", Signature=" + HexFormat.of().formatHex(Digests.hmac(key, toSign));
    }
}
