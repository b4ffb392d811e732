package hansa.drivers.occi;

import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one OCCI endpoint is reached and used.
 *
 * @param url the root below which {@code /-/} is, without a slash at its end
 * @param vo in whose name things are made at another Hansa
 * @param partner the address of another Hansa, where members of organisations with accounts act as themselves
 * @param keystone where we sign in when the endpoint says that it wants a Keystone token
 * @param flavourSizes by term, where the service does not tell them
 * @param freeForm whether machines without a flavour may be ordered
 * @param timeLimit for one request, and for what is waited for after it
 * @param calls how many requests are under way at a time
 */
record OcciSettings(
        URI url,
        Credentials credentials,
        Optional<Path> trustAnchors,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey,
        Optional<String> vo,
        Optional<String> partner,
        KeystoneSettings keystone,
        Map<String, Size> flavourSizes,
        boolean freeForm,
        Duration timeLimit,
        int calls) {

    static final List<Setting> ALL = List.of(
            new Setting(
                    "url",
                    Setting.Type.TEXT,
                    "The root of the OCCI service, such as https://cloud.example.org:11443 or"
                            + " https://cloud.example.org:8443/occi.",
                    Optional.empty()),
            optional("token", Setting.Type.SECRET, "A token that is sent as X-Auth-Token; empty = none."),
            optional("user", Setting.Type.TEXT, "The name for HTTP Basic or Keystone; empty = none."),
            optional("password", Setting.Type.SECRET, "The password of that user."),
            optional("bearer-token", Setting.Type.SECRET, "An OpenID Connect access token; empty = none."),
            optional(
                    "bearer-file",
                    Setting.Type.PATH,
                    "A file with an access token, read anew whenever the service refuses the one that was in it;"
                            + " empty = none."),
            optional(
                    "client-certificate",
                    Setting.Type.PATH,
                    "A file in PEM with the certificate, or RFC 3820 proxy and its chain, that is shown in TLS; read"
                            + " again when it changes. Empty = none."),
            optional(
                    "client-key",
                    Setting.Type.PATH,
                    "The file in PEM with the key of the certificate; empty = it is in the file of the certificate, as"
                            + " it is with proxies."),
            optional(
                    "vo",
                    Setting.Type.TEXT,
                    "The virtual organisation in whose name things are made at another Hansa; empty = in our own."),
            optional(
                    "partner",
                    Setting.Type.TEXT,
                    "Another Hansa's address as identity.federation has it: who has an account here by the rules of their"
                            + " virtual organisation makes machines there as themselves, by assertions of this node. Empty ="
                            + " all with the one account."),
            optional(
                    "trust-anchors",
                    Setting.Type.PATH,
                    "A file of certificates in PEM that vouch for the service, such as tls/ca.pem of another Hansa;"
                            + " empty = those of the JDK."),
            optional(
                    "keystone",
                    Setting.Type.TEXT,
                    "The Keystone that the service takes tokens of, such as https://cloud.example.org:5000/v3. Empty ="
                            + " the one that the service names, if it is on the same host; credentials are sent to no"
                            + " other."),
            optional(
                    "project",
                    Setting.Type.TEXT,
                    "Name or id of the Keystone project; empty = the first one that we may use."),
            new Setting(
                    "domain", Setting.Type.TEXT, "Name of the Keystone domain of the user.", Optional.of("Default")),
            new Setting(
                    "identity-provider",
                    Setting.Type.TEXT,
                    "What Keystone v3 calls the federation that vouches for us.",
                    Optional.of("egi.eu")),
            new Setting(
                    "federation-protocol",
                    Setting.Type.TEXT,
                    "What Keystone v3 calls the protocol of that federation: mapped with certificates, openid or oidc"
                            + " with access tokens.",
                    Optional.of("mapped")),
            optional(
                    "flavour-sizes",
                    Setting.Type.TEXT,
                    "Sizes of flavours whose sizes the service does not tell, as term=cores/GiB of memory/GiB of disk with"
                            + " commas between them; flavours without a known size are not offered."),
            new Setting(
                    "free-form",
                    Setting.Type.BOOLEAN,
                    "Whether machines of any size can be ordered, and not only its flavours; OCCI does not tell.",
                    Optional.of("false")),
            new Setting(
                    "time-limit",
                    Setting.Type.DURATION,
                    "How long a request may take, 100ms to 10m.",
                    Optional.of("30s")),
            new Setting(
                    "calls",
                    Setting.Type.NUMBER,
                    "How many requests are made at a time, 1 to 256.",
                    Optional.of("16")));

    private static Setting optional(String key, Setting.Type type, String meaning) {
        return new Setting(key, type, meaning, Optional.of(""));
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static OcciSettings of(Settings settings) {
        URI url = url("url", settings.text("url"));
        Duration limit = settings.duration("time-limit");
        require(
                limit.compareTo(Duration.ofMillis(100)) >= 0 && limit.compareTo(Duration.ofMinutes(10)) <= 0,
                "'time-limit' is 100ms to 10m");
        long calls = settings.number("calls");
        require(calls >= 1 && calls <= 256, "'calls' is 1 to 256, not " + calls);
        Optional<Path> certificate = path(settings, "client-certificate");
        Optional<Path> key = path(settings, "client-key");
        require(key.isEmpty() || certificate.isPresent(), "'client-key' needs 'client-certificate'");
        require(
                certificate.isEmpty() || "https".equals(url.getScheme()),
                "'client-certificate' is shown in TLS, so 'url' has to begin with https://");
        return new OcciSettings(
                url,
                credentials(settings),
                path(settings, "trust-anchors"),
                certificate,
                key,
                organisation(settings),
                text(settings, "partner"),
                new KeystoneSettings(
                        text(settings, "keystone").map(text -> url("keystone", text)),
                        text(settings, "project"),
                        settings.text("domain"),
                        word(settings, "identity-provider"),
                        word(settings, "federation-protocol")),
                Flavours.configured(settings.text("flavour-sizes")),
                settings.flag("free-form"),
                limit,
                (int) calls);
    }

    private static Credentials credentials(Settings settings) {
        Optional<Credentials> token = text(settings, "token").map(Credentials.ApiToken::new);
        Optional<Credentials> password =
                text(settings, "user").map(user -> new Credentials.Password(user, settings.text("password")));
        Optional<Credentials> bearer = text(settings, "bearer-token").map(Credentials.Bearer::new);
        Optional<Credentials> file = path(settings, "bearer-file").map(Credentials.BearerFile::new);
        List<Credentials> given = List.of(token, password, bearer, file).stream()
                .flatMap(Optional::stream)
                .toList();
        require(given.size() <= 1, "set only one of 'token', 'user', 'bearer-token' and 'bearer-file'");
        require(
                password.isPresent() || settings.text("password").isEmpty(),
                "'password' is set and 'user' is not; set both or none");
        return given.isEmpty() ? new Credentials.None() : given.getFirst();
    }

    private static Optional<String> organisation(Settings settings) {
        Optional<String> vo = text(settings, "vo");
        vo.ifPresent(name -> require(
                name.matches("[A-Za-z0-9_.-]{1,255}"), "'vo' is the name of an organisation, not '" + name + "'"));
        return vo;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Optional<String> text(Settings settings, String key) {
        return Optional.of(settings.text(key).strip()).filter(text -> !text.isEmpty());
    }

    private static Optional<Path> path(Settings settings, String key) {
        return text(settings, key).map(Path::of);
    }

    private static String word(Settings settings, String key) {
        String text = settings.text(key);
        require(text.matches("[A-Za-z0-9_.:-]{1,64}"), "'" + key + "' is a word, not '" + text + "'");
        return text;
    }

    private static URI url(String key, String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            require(
                    http
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getQuery() == null
                            && url.getFragment() == null,
                    "'" + key + "' is such as https://cloud.example.org:11443, not '" + text + "'");
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + key + "' is not a URL: '" + text + "'", e);
        }
    }

    /**
     * How we sign in with a Keystone.
     *
     * @param url empty = what the endpoint announces
     * @param project name or id
     * @param domain name of the user's domain
     */
    record KeystoneSettings(
            Optional<URI> url,
            Optional<String> project,
            String domain,
            String identityProvider,
            String federationProtocol) {}
}
