package hansa.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Fetches a page from a guest, which may need a moment until its server listens. */
final class WebPage {

    private static final Duration ONE_TRY = Duration.ofSeconds(5);

    private WebPage() {}

    /** @throws DemoFailure when no page with that text comes in time */
    static String fetch(URI address, String expected, Duration patience, Duration pause) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ONE_TRY)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(ONE_TRY).build();
            return Polling.awaited("no page came from " + address, patience, pause, () -> once(http, request))
                    .transform(page -> checked(page, expected, address));
        }
    }

    private static Optional<String> once(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body().strip()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        }
    }

    private static String checked(String page, String expected, URI address) {
        if (!page.contains(expected)) {
            throw new DemoFailure("the page at " + address + " is not the guest's: " + page);
        }
        return page;
    }
}
