package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.rest.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of images, in and out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageContentTest {

    private static final String CONTENT = "0123456789".repeat(20_000);
    private static final Map<String, String> BYTES = Map.of("Content-Type", "application/octet-stream");

    private TestNode node;
    private String alice;
    private String bob;

    @BeforeAll
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        alice = node.user("alice");
        bob = node.user("bob");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static byte[] digest() throws Exception {
        return MessageDigest.getInstance("SHA-512").digest(CONTENT.getBytes(StandardCharsets.US_ASCII));
    }

    private String sent() {
        Answer sent = node.send(alice, "POST", "/image-uploads?title=mine&format=raw", CONTENT, BYTES);
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        String path = sent.header("Location").replaceFirst("^/api/v1", "");
        assertThat(path).isEqualTo("/images/" + sent.json().path("id").asString());
        return path;
    }

    @Test
    void whatIsSentComesBackWholeAndInPieces() throws Exception {
        String path = sent();
        Answer image = node.get(alice, path);
        assertThat(image.json().path("state").asString()).isEqualTo("ready");
        assertThat(image.json().path("owner").asString()).isEqualTo("alice");
        assertThat(image.json().path("sha512").asString())
                .isEqualTo(HexFormat.of().formatHex(digest()));
        assertThat(node.get(alice, path + "/copies").json().path("items"))
                .singleElement()
                .satisfies(copy -> {
                    assertThat(copy.path("format").asString()).isEqualTo("raw");
                    assertThat(copy.path("sizeBytes").asLong()).isEqualTo(CONTENT.length());
                });
        assertThat(node.send(alice, "PUT", path + "/copies/raw", "", Map.of()).status())
                .isEqualTo(200);

        String content = path + "/copies/raw/content";
        Answer whole = node.get(alice, content);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.text()).isEqualTo(CONTENT);
        assertThat(whole.header("Content-Length")).isEqualTo("200000");
        assertThat(whole.header("Repr-Digest"))
                .isEqualTo("sha-512=:" + Base64.getEncoder().encodeToString(digest()) + ":");
        assertThat(whole.header("Content-Disposition")).endsWith(".raw\"");
        Answer piece = node.send(alice, "GET", content, "", Map.of("Range", "bytes=199995-"));
        assertThat(piece.status()).isEqualTo(206);
        assertThat(piece.text()).isEqualTo("56789");
        assertThat(piece.header("Content-Range")).isEqualTo("bytes 199995-199999/200000");
        Answer changed = node.send(alice, "GET", content, "", Map.of("Range", "bytes=0-4", "If-Range", "\"another\""));
        assertThat(changed.status()).isEqualTo(200);
        Answer same =
                node.send(alice, "GET", content, "", Map.of("Range", "bytes=0-4", "If-Range", whole.header("ETag")));
        assertThat(same.text()).isEqualTo("01234");
        Answer outside = node.send(alice, "GET", content, "", Map.of("Range", "bytes=200000-"));
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.header("Content-Range")).isEqualTo("bytes */200000");
        Answer head = node.send(alice, "HEAD", content, "", Map.of());
        assertThat(head.header("Content-Length")).isEqualTo("200000");
    }

    @Test
    void nobodyElseGetsAtIt() {
        String path = sent();
        assertThat(node.get(bob, path).status()).isEqualTo(404);
        assertThat(node.get(bob, path + "/copies/raw/content").status()).isEqualTo(404);
        assertThat(node.get("", path + "/copies/raw/content").status()).isEqualTo(401);
    }

    @Test
    void itsOwnerChangesWhoUsesItUnlessItChangedMeanwhile() {
        String path = sent();
        Map<String, String> patch = Map.of("Content-Type", "application/merge-patch+json");
        Answer everybody = node.send(alice, "PATCH", path, "{\"share\": \"everybody\"}", patch);
        assertThat(everybody.status()).isEqualTo(403);
        assertThat(node.send(bob, "PATCH", path, "{\"share\": \"none\"}", patch).status())
                .isEqualTo(404);
        Answer none = node.send(alice, "PATCH", path, "{\"share\": \"none\"}", patch);
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.json().path("share").asString()).isEqualTo("none");
        assertThat(none.header("ETag")).isEqualTo("\"1\"");
        assertThat(node.send(
                                alice,
                                "PATCH",
                                path,
                                "{\"share\": \"none\"}",
                                Map.of("Content-Type", "application/merge-patch+json", "If-Match", "\"7\""))
                        .status())
                .isEqualTo(412);
        for (String wrong : List.of(
                "{\"share\": \"all\"}",
                "{\"share\": \"vo\"}",
                "{\"share\": \"vo\", \"group\": \"not a group\"}",
                "{\"share\": \"none\", \"group\": \"/vo\"}")) {
            assertThat(node.send(alice, "PATCH", path, wrong, patch).status())
                    .as(wrong)
                    .isEqualTo(422);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "title=x, 422, attribute.missing, the query parameter 'format'",
        "format=iso, 422, attribute.invalid, 'not ''iso'''",
        "format=vmdk, 422, image.source, declared as vmdk but is none",
        "format=raw&sizeBytes=5, 422, image.checksum, should have 5",
        "format=raw&share=vo, 422, attribute.invalid, act in the name of one",
        "format=raw&share=everybody, 403, policy.denied, Only operators",
        "format=raw&share=all, 422, attribute.invalid, 'none, vo or everybody'",
        "format=raw&colour=red, 400, request.malformed, colour"
    })
    void refusesWhatItCannotTake(String query, int status, String code, String words) {
        Answer refused = node.send(alice, "POST", "/image-uploads?" + query, CONTENT, BYTES);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.json().path("code").asString()).isEqualTo(code);
        assertThat(refused.json().path("detail").asString()).containsIgnoringCase(words);
    }

    @Test
    void refusesFormsAndWhatIsTooLarge() {
        Answer form = node.send(
                alice,
                "POST",
                "/image-uploads?format=raw",
                CONTENT,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form.status()).isEqualTo(415);
        Answer large = node.send(alice, "POST", "/image-uploads?format=raw", "x".repeat((1 << 20) + 1), BYTES);
        assertThat(large.status()).isEqualTo(413);
    }

    @Test
    void saysWhatIsNotThere() {
        String path = sent();
        assertThat(node.get(alice, path + "/copies/vhd").status()).isEqualTo(404);
        assertThat(node.get(alice, path + "/copies/iso").status()).isEqualTo(404);
        assertThat(node.send(alice, "PUT", "/images/tiny/copies/raw", "", Map.of())
                        .status())
                .isEqualTo(409);
    }
}
