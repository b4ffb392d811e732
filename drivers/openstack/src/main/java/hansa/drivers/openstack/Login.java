package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are at a Keystone, and where it is. Written down nowhere: its {@code toString} says where only.
 *
 * @param keystone up to and with {@code /v3}
 * @param scope the project; empty where the credentials bring their own
 */
record Login(URI keystone, Credentials credentials, Optional<Map<String, Object>> scope) {

    private static final int LONGEST_TOKEN = 64 * 1024;

    /** What proves it. */
    sealed interface Credentials {

        /** What may have become of it, which Keystone does not tell those whom it refuses. */
        default String doubt() {
            return switch (this) {
                case Password _ -> "";
                case ApplicationCredential _ -> ", which may be wrong, expired or deleted";
                case Token _, AccessToken _ -> ", which may have expired";
            };
        }

        /** A user's name or id with a password: the value of {@code password.user}. */
        record Password(Map<String, Object> user) implements Credentials {

            /** Without what proves it. */
            @Override
            public String toString() {
                return "a password";
            }
        }

        record ApplicationCredential(String id, String secret) implements Credentials {

            /** Without what proves it. */
            @Override
            public String toString() {
                return "an application credential";
            }
        }

        /** A token that Keystone gave somebody else. */
        record Token(String token) implements Credentials {

            /** Without what proves it. */
            @Override
            public String toString() {
                return "a token";
            }
        }

        /** An access token of an identity provider that Keystone trusts. */
        record AccessToken(String provider, String protocol, Optional<Path> file, String token) implements Credentials {

            /** As it is now: what is in a file is renewed by others. */
            String current() {
                return file.map(AccessToken::read).orElse(token);
            }

            /** Without the token. */
            @Override
            public String toString() {
                return "an access token of " + provider;
            }

            private static String read(Path file) {
                try {
                    if (Files.size(file) > LONGEST_TOKEN) {
                        throw new CloudException.Unauthorised("'access-token-file' is too long for a token: " + file);
                    }
                    return Files.readString(file).strip();
                } catch (IOException e) {
                    throw new CloudException.Unavailable("'access-token-file' cannot be read: " + file, e);
                }
            }
        }
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static Login of(Settings settings) {
        Credentials credentials = credentials(settings);
        // An application credential has its project, and older clouds know none.
        boolean scoped = !(credentials instanceof Credentials.ApplicationCredential)
                && !Dialect.of(settings.text("dialect")).logsInByVersion2();
        Optional<Map<String, Object>> scope =
                scoped ? Optional.of(Map.of("project", project(settings))) : Optional.empty();
        return new Login(keystone(settings.text("auth-url")), credentials, scope);
    }

    private static URI keystone(String text) {
        try {
            URI url = new URI(text.strip().replaceAll("/+$", "").replaceAll("/v(2\\.0|3)$", "") + "/v3");
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            OpenStackSettings.require(
                    http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null,
                    "'auth-url' is such as https://keystone.example.org:5000/v3, not '" + text + "'");
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'auth-url' is not a URL: '" + text + "'", e);
        }
    }

    private static Credentials credentials(Settings settings) {
        String type = settings.text("auth-type");
        return switch (type.isEmpty() ? guess(settings) : type) {
            case "password", "v3password" -> {
                Map<String, Object> user = named(settings, "user", "username", "user-id");
                user.put("password", needed(settings, "password", "password"));
                yield new Credentials.Password(Map.copyOf(user));
            }
            case "v3applicationcredential" ->
                new Credentials.ApplicationCredential(
                        needed(settings, "application-credential-id", "v3applicationcredential"),
                        needed(settings, "application-credential-secret", "v3applicationcredential"));
            case "v3token", "token" -> new Credentials.Token(needed(settings, "token", "v3token"));
            case "v3oidcaccesstoken" -> {
                Optional<Path> file = OpenStackSettings.optional(settings, "access-token-file")
                        .map(Path::of);
                yield new Credentials.AccessToken(
                        segment(needed(settings, "identity-provider", "v3oidcaccesstoken"), "identity-provider"),
                        segment(settings.text("protocol"), "protocol"),
                        file,
                        file.isPresent() ? "" : needed(settings, "access-token", "v3oidcaccesstoken"));
            }
            default ->
                throw new IllegalArgumentException(
                        "'auth-type' is password, v3applicationcredential, v3token or v3oidcaccesstoken, not '" + type
                                + "'");
        };
    }

    private static String guess(Settings settings) {
        if (!settings.text("application-credential-id").isEmpty()) {
            return "v3applicationcredential";
        }
        if (!settings.text("identity-provider").isEmpty()) {
            return "v3oidcaccesstoken";
        }
        return settings.text("token").isEmpty() ? "password" : "v3token";
    }

    private static Map<String, Object> project(Settings settings) {
        return Map.copyOf(named(settings, "project", "project-name", "project-id"));
    }

    /** By its id, or by its name in a domain. */
    private static Map<String, Object> named(Settings settings, String what, String nameKey, String idKey) {
        Map<String, Object> named = new LinkedHashMap<>();
        Optional<String> id = OpenStackSettings.optional(settings, idKey);
        if (id.isPresent()) {
            named.put("id", id.get());
            return named;
        }
        named.put(
                "name",
                OpenStackSettings.optional(settings, nameKey)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + nameKey + "' or '" + idKey + "' is required with this way to log in")));
        Optional<String> domain = OpenStackSettings.optional(settings, what + "-domain-name");
        named.put(
                "domain",
                domain.isPresent()
                        ? Map.of("name", domain.get())
                        : Map.of(
                                "id",
                                OpenStackSettings.optional(settings, what + "-domain-id")
                                        .orElse("default")));
        return named;
    }

    private static String needed(Settings settings, String key, String type) {
        String text = settings.text(key);
        OpenStackSettings.require(!text.isEmpty(), "'" + key + "' is required for " + type);
        return text;
    }

    private static String segment(String text, String key) {
        OpenStackSettings.require(text.matches("[A-Za-z0-9._~-]{1,64}"), "'" + key + "' is a name, not '" + text + "'");
        return text;
    }

    @Override
    public String toString() {
        return "a login at " + keystone;
    }
}
