package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from OCCI's challenge to a token on a whole node, on either listener. */
final class KeystoneNodeTest {

    private static final Pattern CHALLENGE = Pattern.compile("Keystone uri='(.+)'");

    @TempDir
    Path folder;

    private interface Talk {
        void with(HttpClient client, URI main, URI occi) throws Exception;
    }

    private void node(Talk talk) throws Exception {
        Configuration wanted = ConfigurationReader.read(
                Optional.empty(),
                List.of("listen.main=http://127.0.0.1:0", "listen.occi=http://127.0.0.1:0"),
                Map.of());
        try (Closing closing = new Closing();
                HttpClient client = HttpClient.newHttpClient()) {
            Node.start(folder.resolve("data"), wanted, new SecretText(Map.of()), Clock.systemUTC(), closing);
            talk.with(client, endpoint("main"), endpoint("occi"));
        }
    }

    private URI endpoint(String name) throws Exception {
        String text = Files.readString(folder.resolve("data").resolve("endpoints.json"));
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"").matcher(text);
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"true, /occi/-/", "false, /-/"})
    void the_challenge_leads_to_a_token_service_on_the_listener_that_was_asked(boolean onMain, String model)
            throws Exception {
        node((client, main, occi) -> {
            URI listener = onMain ? main : occi;
            HttpRequest look = HttpRequest.newBuilder(listener.resolve(model))
                    .header("Accept", "text/plain")
                    .build();
            HttpResponse<String> refused = client.send(look, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);
            Matcher challenge = CHALLENGE.matcher(
                    refused.headers().firstValue("WWW-Authenticate").orElseThrow());
            assertThat(challenge.matches()).isTrue();
            assertThat(challenge.group(1)).isEqualTo(listener + "/v2.0");
            HttpResponse<String> version = get(client, URI.create(challenge.group(1)));
            assertThat(version.statusCode()).isEqualTo(200);
            assertThat(version.body()).contains("\"href\":\"" + listener + "/v2.0/\"");

            String admin = Files.readString(folder.resolve("data").resolve("admin.token"))
                    .strip();
            HttpRequest signIn = HttpRequest.newBuilder(listener.resolve("/v3/auth/tokens"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"" + admin + "\"}}}}"))
                    .build();
            HttpResponse<String> issued = client.send(signIn, HttpResponse.BodyHandlers.ofString());
            assertThat(issued.statusCode()).isEqualTo(201);
            HttpRequest again = HttpRequest.newBuilder(listener.resolve(model))
                    .header(
                            "X-Auth-Token",
                            issued.headers().firstValue("X-Subject-Token").orElseThrow())
                    .build();
            assertThat(client.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        });
    }

    @Test
    void programs_find_the_versions_at_the_root_of_the_main_listener() throws Exception {
        node((client, main, _) -> {
            assertThat(get(client, main.resolve("/")).statusCode()).isEqualTo(300);
            assertThat(get(client, main.resolve("/keystone")).statusCode()).isEqualTo(300);
            assertThat(get(client, main.resolve("/health/live")).body()).isEqualTo("live\n");
        });
    }
}
