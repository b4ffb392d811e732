package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.drivers.occi.OcciSettings.KeystoneSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets tokens of the Keystone that an OCCI service names, as the clients of EGI do: v2.0 with the certificate or a password,
 * v3 with a password, an access token or the certificate. Credentials go to the configured Keystone, or to one on the
 * service's own host, and nowhere else.
 */
final class Keystone {

    private static final int MOST_TOKEN = 16 * 1024;

    private final Transport transport;
    private final URI service;
    private final KeystoneSettings settings;
    private final boolean certificate;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(4L << 20)
                            .build())
                    .build())
            .build();

    Keystone(Transport transport, OcciSettings settings) {
        this.transport = transport;
        this.service = settings.url();
        this.settings = settings.keystone();
        this.certificate = settings.clientCertificate().isPresent();
    }

    /** Whether we have anything that Keystone takes. */
    boolean canSignIn(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password _, Credentials.Bearer _, Credentials.BearerFile _ -> true;
            case Credentials.ApiToken _ -> false;
            case Credentials.None _ -> certificate;
        };
    }

    /**
     * @return a token for the project
     * @throws CloudException.Unauthorised when Keystone does not let us in
     */
    String signIn(URI announced, Credentials credentials) {
        String url = trusted(announced).toString();
        String root = url.replaceFirst("/v(2\\.0|3)/?$", "");
        boolean bearer = credentials instanceof Credentials.Bearer || credentials instanceof Credentials.BearerFile;
        if (bearer || url.matches(".*/v3/?")) {
            return v3(root + "/v3", credentials);
        }
        return v2(root + "/v2.0", credentials);
    }

    private URI trusted(URI announced) {
        if (settings.url().isPresent()) {
            return settings.url().get();
        }
        boolean sameHost = service.getHost().equalsIgnoreCase(announced.getHost());
        boolean asSafe = "https".equals(announced.getScheme())
                || "http".equals(announced.getScheme()) && "http".equals(service.getScheme());
        if (!sameHost || !asSafe) {
            throw new CloudException.Unauthorised("the service wants a token of the Keystone at "
                    + Refusals.oneLine(announced.toString())
                    + ", which is on another host or without TLS; set 'keystone' to the right one");
        }
        return announced;
    }

    private String v2(String url, Credentials credentials) {
        Map<String, Object> proof = switch (credentials) {
            case Credentials.Password(String user, String password) ->
                Map.of("passwordCredentials", Map.of("username", user, "password", password));
            case Credentials.None _, Credentials.ApiToken _, Credentials.Bearer _, Credentials.BearerFile _ ->
                Map.of("voms", true);
        };
        String unscoped = tokenV2(url, proof, Optional.empty());
        Answer tenants = transport.exchange(asking(url + "/tenants").with("X-Auth-Token", unscoped));
        Optional<JsonNode> tenant = chosen(tree(tenants).path("tenants"));
        return tenant.map(one -> tokenV2(url, proof, Optional.of(text(one, "name"))))
                .orElse(unscoped);
    }

    private String tokenV2(String url, Map<String, Object> proof, Optional<String> tenant) {
        Map<String, Object> auth = new TreeMap<>(proof);
        tenant.ifPresent(name -> auth.put("tenantName", name));
        Answer answer = post(URI.create(url + "/tokens"), Map.of("auth", auth));
        return checked(text(tree(answer).path("access").path("token"), "id"));
    }

    private String v3(String url, Credentials credentials) {
        String unscoped = switch (credentials) {
            case Credentials.Password(String user, String password) ->
                subject(post(
                        URI.create(url + "/auth/tokens"),
                        identity(
                                "password",
                                Map.of(
                                        "user",
                                        Map.of(
                                                "name",
                                                user,
                                                "domain",
                                                Map.of("name", settings.domain()),
                                                "password",
                                                password)))));
            case Credentials.None _, Credentials.ApiToken _ -> subject(transport.exchange(federated(url)));
            case Credentials.Bearer _, Credentials.BearerFile _ -> {
                Ask ask = federated(url);
                yield subject(
                        transport.exchange(credentials.header().map(ask::with).orElse(ask)));
            }
        };
        Answer projects = transport.exchange(asking(url + "/auth/projects").with("X-Auth-Token", unscoped));
        Optional<JsonNode> project = chosen(tree(projects).path("projects"));
        return project.map(one -> scoped(url, unscoped, text(one, "id"))).orElse(unscoped);
    }

    private Ask federated(String url) {
        return asking(url + "/OS-FEDERATION/identity_providers/" + settings.identityProvider() + "/protocols/"
                + settings.federationProtocol() + "/auth");
    }

    /** Keystorm wants both types to be said with every request, also where there is no content. */
    private static Ask asking(String url) {
        return Ask.of("GET", URI.create(url))
                .with("Accept", "application/json")
                .with("Content-Type", "application/json");
    }

    private String scoped(String url, String token, String project) {
        Map<String, Object> identity = identity("token", Map.of("id", token));
        Map<String, Object> auth = new TreeMap<>(identity);
        auth.put("scope", Map.of("project", Map.of("id", project)));
        return subject(post(URI.create(url + "/auth/tokens"), auth));
    }

    private static Map<String, Object> identity(String method, Map<String, Object> proof) {
        Map<String, Object> how = new TreeMap<>(Map.of("methods", List.of(method)));
        how.put(method, proof);
        return Map.of("identity", how);
    }

    /** The project that was configured; without one the first. */
    private Optional<JsonNode> chosen(JsonNode all) {
        if (settings.project().isEmpty()) {
            return all.isArray() && !all.isEmpty() ? Optional.of(all.get(0)) : Optional.empty();
        }
        String wanted = settings.project().get();
        for (JsonNode one : all) {
            if (wanted.equals(one.path("name").asStringOpt().orElse(""))
                    || wanted.equals(one.path("id").asStringOpt().orElse(""))) {
                return Optional.of(one);
            }
        }
        throw new CloudException.Unauthorised("Keystone knows no project '" + wanted + "' that we may use");
    }

    private Answer post(URI uri, Map<String, Object> content) {
        Map<String, Object> body = content.containsKey("auth") ? content : Map.of("auth", content);
        return transport.exchange(Ask.of("POST", uri)
                .with("Accept", "application/json")
                .saying("application/json", json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8)));
    }

    private static String subject(Answer answer) {
        require(answer);
        return checked(answer.header("X-Subject-Token").orElse(""));
    }

    private static String checked(String token) {
        if (token.isEmpty() || token.length() > MOST_TOKEN || token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new CloudException.Unavailable("Keystone answers without a token");
        }
        return token;
    }

    private static void require(Answer answer) {
        if (answer.isSuccess()) {
            return;
        }
        String status = "Keystone answers with the HTTP status " + answer.status();
        throw answer.status() >= 500
                ? new CloudException.Unavailable(status)
                : new CloudException.Unauthorised(status + "; look at the credentials");
    }

    private JsonNode tree(Answer answer) {
        require(answer);
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CloudException.Unavailable("Keystone answers with what is no JSON", e);
        }
    }

    private static String text(JsonNode parent, String name) {
        return parent.path(name).asStringOpt().orElse("");
    }
}
