package hansa.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person does with a browser at a provider that asks in plain forms: fills in one after the other. */
final class Browser implements AutoCloseable {

    private static final int MOST_FORMS = 8;
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param user goes into every field for a login */
    String approve(String address, String user) throws IOException, InterruptedException {
        String page = send(HttpRequest.newBuilder(URI.create(address)).build());
        for (int i = 0; i < MOST_FORMS; i++) {
            Matcher form = FORM.matcher(page);
            if (!form.find()) {
                return page;
            }
            page = send(HttpRequest.newBuilder(URI.create(form.group(1)))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fields(page, user)))
                    .build());
        }
        throw new AssertionError("there is always another form: " + page);
    }

    private static String fields(String page, String user) {
        Map<String, String> fields = new LinkedHashMap<>();
        INPUT.matcher(page).results().forEach(input -> {
            String name = attribute(input.group(1), "name");
            fields.put(
                    name,
                    switch (name) {
                        case "login", "password" -> user;
                        default -> attribute(input.group(1), "value");
                    });
        });
        if (page.contains("name=\"confirm\"")) {
            fields.put("confirm", "yes");
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String attribute(String input, String name) {
        Matcher matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(input);
        return matcher.find() ? matcher.group(1) : "";
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(request.uri() + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.close();
    }
}
