package dev.millrace.plugin.ext.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases of the Signature Version 4 test suite that AWS publishes ({@code aws-sig-v4-test-suite}): request, credentials
 * and time are those of the suite, the signature is that of the case's {@code .authz} file. Its paths are not encoded
 * yet, so they stand here as they are written there.
 */
final class SignatureTestSuiteTest {
    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final Signer SIGNER = new Signer("us-east-1", "service");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "get-vanilla | GET | / | | | | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-vanilla-empty-query-key | GET | / | Param1=value1 | | | a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
                "get-vanilla-query-order-key-case | GET | / | Param2=value2&Param1=value1 | | | b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
                "get-vanilla-utf8-query | GET | / | ሴ=bar | | | 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
                "get-utf8 | GET | /ሴ | | | | 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
                "get-unreserved | GET | /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz | | | | 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
                "get-header-key-duplicate | GET | / | | My-Header1:value2;My-Header1:value2;My-Header1:value1 | | c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
                "get-header-value-order | GET | / | | My-Header1:value4;My-Header1:value1;My-Header1:value3;My-Header1:value2 | | 08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
                "get-header-value-trim | GET | / | | My-Header1: value1;My-Header2: \"a   b   c\" | | acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
                "post-vanilla | POST | / | | | | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
                "post-vanilla-query | POST | / | Param1=value1 | | | 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
                "post-header-key-sort | POST | / | | My-Header1:value1 | | c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
                "post-header-value-case | POST | / | | My-Header1:VALUE1 | | cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
                "post-x-www-form-urlencoded | POST | / | | Content-Type:application/x-www-form-urlencoded | Param1=value1 | ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
                "post-x-www-form-urlencoded-parameters | POST | / | | Content-Type:application/x-www-form-urlencoded; charset=utf8 | Param1=value1 | 1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe",
                "get-slash | GET | // | | | | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-slash-dot-slash | GET | /./ | | | | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-slash-pointless-dot | GET | /./example | | | | ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
                "get-slashes | GET | //example// | | | | 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
                "get-relative | GET | /example/.. | | | | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-relative-relative | GET | /example1/example2/../.. | | | | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-space | GET | /example space/ | | | | 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
            })
    void signsAsPublished(
            String name, String method, String path, String query, String fields, String body, String signature) {
        HttpHeaders headers =
                HttpHeaders.of("Host", "example.amazonaws.com", "X-Amz-Date", "20150830T123600Z", "User-Agent", "any");
        if (fields != null) {
            for (String field : name.endsWith("-parameters") ? new String[] {fields} : fields.split(";")) {
                String[] parts = field.split(":", 2);
                headers = headers.plus(parts[0], parts[1]);
            }
        }
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);

        String authorization = SIGNER.authorization(
                CanonicalRequest.of(method, path, Optional.ofNullable(query), headers, ByteBuffer.wrap(bytes)),
                TIME,
                "AKIDEXAMPLE",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

        assertThat(authorization)
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=")
                .endsWith(", Signature=" + signature);
    }
}
