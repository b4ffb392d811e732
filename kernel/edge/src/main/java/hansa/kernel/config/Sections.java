package hansa.kernel.config;

import hansa.kernel.config.Configuration.Introspection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every section there is, and its keys by their names below {@code prefix<name>.}. */
final class Sections {

    static final Key<String> CLOUD_DRIVER = Key.required(
            "driver", ValueType.text(), "the cloud is refused", "simulated", "Which driver speaks to this cloud.");

    static final Key<List<String>> VOS = Key.of(
            "vos",
            ValueType.names(),
            "",
            "The virtual organisations that it may speak for; `*` for all. Groups and roles in others are left out.");
    static final Key<List<String>> NAMESPACES = Key.of(
            "namespaces",
            ValueType.names(),
            "*",
            "What comes before `:group:` in the entitlements that count, such as `urn:mace:egi.eu`; `*` for all. Set it where"
                    + " the issuer passes on what others say.");
    static final Key<List<String>> AUTHORITIES = Key.of(
            "authorities",
            ValueType.names(),
            "*",
            "What comes after `#` in the entitlements that count, such as `aai.egi.eu`; `*` for all, and for none.");
    static final Key<List<String>> KEYSTONE_NAMES = Key.of(
            "keystone-names",
            ValueType.names(),
            "",
            "What clients of Keystone call it as an identity provider, besides its name here; the protocols are `openid` and"
                    + " `oidc`.");
    static final Key<Path> CA = Key.optional(
            "ca",
            ValueType.path(),
            "the authorities that Java trusts",
            "PEM file with the authorities that its TLS certificate is checked against.");

    static final Key<URI> OIDC_ISSUER = Key.required(
            "issuer",
            ValueType.remote(),
            "the issuer is refused",
            "https://login.example.org",
            "The issuer's address, letter for letter as its tokens name it. `http://` only on loopback.");
    static final Key<List<String>> OIDC_AUDIENCE = Key.required(
            "audience",
            ValueType.names(),
            "the issuer is refused",
            "https://cloud.example.org",
            "What its tokens have to name as their audience: one of these.");
    static final Key<String> OIDC_CLIENT_ID = Key.optional(
            "client-id", ValueType.text(), "nothing is introspected", "As which client this node introspects.");
    static final Key<Secret> OIDC_CLIENT_SECRET = Key.optional(
            "client-secret",
            ValueType.secret(),
            "the client is a public one",
            "What this node shows at introspection. Never given to the command.");
    static final Key<String> OIDC_LOGIN_CLIENT = Key.optional(
            "login-client-id",
            ValueType.text(),
            "nobody logs in with `hansa login`",
            "As which client the command logs in; a public one, since the command keeps no secret.");
    static final Key<String> OIDC_RESOURCE = Key.optional(
            "resource",
            ValueType.text(),
            "none is named",
            "The resource (RFC 8707) for which the command asks for tokens, where the issuer wants to know it.");
    static final Key<List<String>> OIDC_CLIENTS = Key.of(
            "clients",
            ValueType.names(),
            "*",
            "The clients whose tokens are taken; `*` for all. A token that names no client is refused where some are listed.");
    static final Key<Introspection> OIDC_INTROSPECTION = Key.of(
            "introspection",
            ValueType.choice(Introspection.class),
            "never",
            "`opaque` asks the issuer about tokens that are no JWTs, `always` also about JWTs, so that revoked ones are"
                    + " noticed. Needs `client-id`.");
    static final Key<Boolean> OIDC_USERINFO = Key.of(
            "userinfo",
            ValueType.flag(),
            "false",
            "Asks the issuer's userinfo for the groups of tokens that name none.");
    static final Key<String> OIDC_SUBJECT_CLAIM = Key.of(
            "subject-claim",
            ValueType.text(),
            "sub",
            "The claim that identifies the user, unique at the issuer for ever.");
    static final Key<String> OIDC_NAME_CLAIM =
            Key.of("name-claim", ValueType.text(), "name", "The claim with what people call the user.");
    static final Key<List<String>> OIDC_ENTITLEMENT_CLAIMS = Key.of(
            "entitlement-claims",
            ValueType.names(),
            "entitlements,eduperson_entitlement",
            "The claims with groups and roles in the form of AARC-G069.");
    static final Key<Duration> OIDC_SKEW = Key.of(
            "skew",
            ValueType.duration(Duration.ZERO, Duration.ofMinutes(5)),
            "30s",
            "How far the issuer's clock may be from this node's.");
    static final Key<List<String>> OIDC_SCOPES = Key.of(
            "scopes", ValueType.names(), "openid,profile,offline_access", "What the command asks for when it logs in.");

    static final Key<String> SAML_ENTITY = Key.required(
            "entity",
            ValueType.text(),
            "the issuer is refused",
            "https://idp.example.org/metadata",
            "The entity id of the identity provider, letter for letter as its assertions name it.");
    static final Key<Path> SAML_CERTIFICATES = Key.required(
            "certificates",
            ValueType.path(),
            "the issuer is refused",
            "/etc/hansa/idp.pem",
            "PEM file with the certificates whose keys sign its assertions.");
    static final Key<List<String>> SAML_AUDIENCE = Key.required(
            "audience",
            ValueType.names(),
            "the issuer is refused",
            "https://cloud.example.org",
            "What its assertions have to name as their audience: one of these.");
    static final Key<List<String>> SAML_RECIPIENTS = Key.of(
            "recipients",
            ValueType.names(),
            "",
            "Addresses that its assertions may be made out to, besides `/api/v1/oauth/token` at `site.url`.");
    static final Key<String> SAML_SUBJECT_ATTRIBUTE = Key.optional(
            "subject-attribute",
            ValueType.text(),
            "the assertion's name",
            "The attribute that identifies somebody, unique there for ever. Needed where names are `transient`.");
    static final Key<String> SAML_GROUP_ATTRIBUTE = Key.of(
            "group-attribute",
            ValueType.text(),
            "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
            "The attribute with groups and roles in the form of AARC-G069; eduPersonEntitlement.");

    static final Key<URI> FEDERATION_URL = Key.required(
            "url",
            ValueType.remote(),
            "the partner is refused",
            "https://other.example.org",
            "The partner's `site.url`, letter for letter: the issuer of its assertions.");
    static final Key<Path> FEDERATION_KEYS = Key.optional(
            "keys",
            ValueType.path(),
            "fetched from the partner at `/.well-known/jwks.json`",
            "File with the partner's public keys, a JWK set. Read again when it changes.");
    static final Key<List<String>> FEDERATION_ISSUERS = Key.of(
            "issuers",
            ValueType.names(),
            "",
            "Whose users it may send besides its own: the issuers or authorities that they come from; `*` for all.");

    static final Section CLOUDS = new Section(
            "clouds.",
            "cloud",
            "a cloud",
            "a cloud is set by clouds.<name>.driver and its driver's keys",
            Stream.concat(Stream.of(CLOUD_DRIVER), PlaceKeys.OF_CLOUD.stream()).toList(),
            true);
    static final Section OIDC = new Section(
            "identity.oidc.",
            "issuer",
            "an issuer",
            "an OpenID provider is set by identity.oidc.<name>.issuer and its other keys",
            List.of(
                    OIDC_ISSUER,
                    OIDC_AUDIENCE,
                    VOS,
                    NAMESPACES,
                    AUTHORITIES,
                    OIDC_CLIENT_ID,
                    OIDC_CLIENT_SECRET,
                    OIDC_LOGIN_CLIENT,
                    OIDC_RESOURCE,
                    OIDC_CLIENTS,
                    OIDC_INTROSPECTION,
                    OIDC_USERINFO,
                    OIDC_SUBJECT_CLAIM,
                    OIDC_NAME_CLAIM,
                    OIDC_ENTITLEMENT_CLAIMS,
                    OIDC_SKEW,
                    CA,
                    OIDC_SCOPES,
                    KEYSTONE_NAMES),
            false);
    static final Section SAML = new Section(
            "identity.saml.",
            "issuer",
            "an issuer",
            "a SAML identity provider is set by identity.saml.<name>.entity and its other keys",
            List.of(
                    SAML_ENTITY,
                    SAML_CERTIFICATES,
                    SAML_AUDIENCE,
                    SAML_RECIPIENTS,
                    SAML_SUBJECT_ATTRIBUTE,
                    SAML_GROUP_ATTRIBUTE,
                    VOS,
                    NAMESPACES,
                    AUTHORITIES),
            false);
    static final Section FEDERATION = new Section(
            "identity.federation.",
            "partner",
            "a partner",
            "a partner of the federation is set by identity.federation.<name>.url and its other keys",
            List.of(FEDERATION_URL, FEDERATION_KEYS, FEDERATION_ISSUERS, VOS, CA),
            false);

    static final List<Section> ALL = List.of(OIDC, SAML, FEDERATION, CLOUDS);

    private Sections() {}
}
