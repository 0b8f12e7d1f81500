package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import com.standardwebhooks.Webhook;
import io.decnet.webhook.testing.CaseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignerTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    record Case(String name, List<String> secrets, String id, long timestamp, byte[] body, String signature) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The rows of kind v1a are asymmetric signatures, which this program does not make. */
    static Stream<Case> cases() {
        return CaseFile.rows("signatures.tsv").stream()
                .filter(row -> !row.get(1).equals("v1a"))
                .map(row -> new Case(
                        row.get(0),
                        List.of(row.get(2).split(" then ")),
                        row.get(3),
                        Long.parseLong(row.get(4)),
                        string(row.get(5)),
                        row.get(6)));
    }

    private static byte[] string(String json) {
        try (var parser = new JsonFactory().createParser(json)) {
            return parser.nextTextValue().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void signsAsTheReferenceLibrariesDo(Case row) {
        assertThat(Signer.standard(row.secrets(), row.id(), row.timestamp(), row.body()))
                .isEqualTo(row.signature());
    }

    @Test
    void allRowsButTheAsymmetricOneAreThere() {
        assertThat(cases()).hasSize(7);
    }

    @Test
    void theIndependentLibraryVerifiesBothSignaturesOfARotation() throws Exception {
        var old = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        long now = Instant.now().getEpochSecond();
        var headers = HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("d1"),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(Signer.standard(List.of(SECRET, old), "d1", now, BODY))),
                (name, value) -> true);
        var body = new String(BODY, StandardCharsets.UTF_8);
        assertThatCode(() -> new Webhook(SECRET).verify(body, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(old).verify(body, headers)).doesNotThrowAnyException();
    }

    @Test
    void ourOwnSignatureTakesTheSecretAsGiven() {
        // printf '{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
        assertThat(Signer.decnet("0123456789abcdef", BODY))
                .isEqualTo("sha256=1c76fbb930d3aa8b1633728fae212c68ca68a6752bb319b98be6fe17e86cf5b8");
    }

    @Test
    void refusesSecretsThatCannotSign() {
        assertThat(Signer.problem("x".repeat(15))).isPresent();
        assertThat(Signer.problem("x".repeat(257))).isPresent();
        assertThat(Signer.problem("whsec_not base64 at all")).isPresent();
        assertThat(Signer.problem("whsec_AAECAwQFBgcICQoLDA0O")).isPresent();
        assertThat(Signer.problem("x".repeat(16))).isEmpty();
        assertThat(Signer.problem(SECRET)).isEmpty();
    }
}
