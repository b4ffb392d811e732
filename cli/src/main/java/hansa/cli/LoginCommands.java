package hansa.cli;

import static hansa.cli.Arguments.text;

import hansa.cli.client.DeviceFlow;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Login;
import hansa.cli.client.Provider;
import hansa.cli.client.Refusal;
import hansa.cli.client.Session;
import hansa.cli.client.Sessions;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code hansa login}, {@code hansa logout} and {@code hansa whoami}. */
final class LoginCommands {

    private static final Resource CALLER = new Resource("caller", "/whoami", "subject", "subject", List.of());

    private LoginCommands() {}

    static Command login() {
        return new Command(
                "login",
                "log in at an OpenID provider of the node, or with a SAML assertion",
                List.of(
                        text("--issuer", "NAME", "which provider, where the node takes tokens of several"),
                        text("--issuer-ca", "FILE", "the authority that issued the provider's certificate"),
                        text("--saml", "FILE", "an assertion of a SAML identity provider ('-': standard input)")),
                List.of(
                        "login",
                        "login --endpoint https://cloud.example.org:8443 --issuer egi",
                        "login --saml assertion.xml"),
                invocation -> {
                    if (invocation.text("--saml").isPresent()) {
                        logIn(
                                invocation,
                                invocation.file(invocation.text("--saml").get()));
                    } else {
                        logIn(invocation);
                    }
                });
    }

    /** RFC 7522. What the node gives lasts an hour at most and is not renewed, so that nothing else has to be kept. */
    private static void logIn(Invocation invocation, byte[] assertion) {
        URI node = invocation.node().address().endpoint();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer");
        form.put("assertion", Base64.getUrlEncoder().withoutPadding().encodeToString(assertion));
        Json.Members given = invocation.node().form("/oauth/token", form);
        Session open = new Session(
                node,
                "SAML",
                "",
                node.resolve("/api/v1/oauth/token"),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Instant.EPOCH);
        sessions(invocation)
                .keep(Login.granted(open, given, invocation.terminal().clock().instant()));
        invocation.output().note("logged in with an assertion; 'hansa whoami' shows as whom, and until when");
    }

    private static void logIn(Invocation invocation) {
        Json.Members issuer = chosen(
                invocation.node().anonymously("/issuers?limit=1000").objects("items"), invocation.text("--issuer"));
        Optional<String> authority = invocation.text("--issuer-ca");
        Provider provider = Provider.trusting(authority);
        Json.Members metadata = provider.metadata(issuer.text("issuer"));
        DeviceFlow flow = new DeviceFlow(provider, invocation.terminal().clock(), time -> Thread.sleep(time));
        String scope = issuer.items("scopes").stream().map(Json::plain).collect(Collectors.joining(" "));
        Optional<String> resource = Optional.of(issuer.text("resource")).filter(text -> !text.isEmpty());
        Json.Members given = flow.run(
                metadata,
                new DeviceFlow.Wish(issuer.text("clientId"), scope, resource),
                prompt -> ask(invocation, prompt));
        Optional<URI> revocation = Optional.of(metadata.text("revocation_endpoint"))
                .filter(text -> !text.isEmpty())
                .map(Provider::uri);
        Session open = new Session(
                invocation.node().address().endpoint(),
                issuer.text("name"),
                issuer.text("clientId"),
                Provider.uri(metadata.text("token_endpoint")),
                revocation,
                authority,
                "",
                Optional.empty(),
                Instant.EPOCH);
        Session session =
                Login.granted(open, given, invocation.terminal().clock().instant());
        sessions(invocation).keep(session);
        invocation.output().note("logged in by " + session.issuer() + "; 'hansa whoami' shows as whom");
    }

    private static Json.Members chosen(List<Json.Members> issuers, Optional<String> name) {
        if (issuers.isEmpty()) {
            throw new Refusal(
                    Exit.REFUSED, "this node lets nobody log in at an OpenID provider; ask its operator for a token");
        }
        List<String> names = issuers.stream().map(issuer -> issuer.text("name")).toList();
        if (name.isEmpty() && issuers.size() > 1) {
            throw new Refusal(
                    Exit.USAGE, "there are several providers; choose one with --issuer: " + String.join(", ", names));
        }
        return issuers.stream()
                .filter(issuer -> name.isEmpty() || name.get().equals(issuer.text("name")))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Exit.NOT_FOUND,
                        "there is no provider '" + name.orElse("") + "'; there are: " + String.join(", ", names)));
    }

    private static void ask(Invocation invocation, DeviceFlow.Prompt prompt) {
        invocation
                .output()
                .note(Table.printable("open " + prompt.address() + " in a browser and enter " + prompt.code()));
        prompt.complete().ifPresent(address -> invocation.output().note(Table.printable("or open " + address)));
    }

    static Command logout() {
        return new Command(
                "logout", "end your login at the node's provider", List.of(), List.of("logout"), invocation -> {
                    URI node = invocation.node().address().endpoint();
                    Optional<Session> session = sessions(invocation).find(node);
                    if (session.isEmpty()) {
                        invocation.output().note("you are not logged in at " + node);
                        return;
                    }
                    // First here, so that nothing is left behind where the provider does not answer.
                    sessions(invocation).forget(node);
                    session.get().revocation().ifPresent(endpoint -> revoke(session.get(), endpoint));
                    invocation.output().note("logged out");
                });
    }

    /** RFC 7009. */
    private static void revoke(Session session, URI endpoint) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", session.refresh().orElse(session.access()));
        form.put("token_type_hint", session.refresh().isPresent() ? "refresh_token" : "access_token");
        form.put("client_id", session.clientId());
        Provider.trusting(session.authority()).post(endpoint, form);
    }

    static Command whoami() {
        return new Command(
                "whoami",
                "show who the node takes you for, in which groups, and until when",
                List.of(),
                List.of("whoami", "whoami --for vo.example.org", "whoami --output json"),
                invocation -> {
                    Json.Members caller = invocation.node().get(CALLER.path());
                    invocation.output().one(CALLER, withEnd(invocation, caller));
                });
    }

    private static Json.Members withEnd(Invocation invocation, Json.Members caller) {
        Optional<Login> login = invocation.node().address().login();
        if (login.isEmpty()) {
            return caller;
        }
        Map<String, Json> members = new LinkedHashMap<>(caller.members());
        members.put("login", Json.of(login.get().session().issuer()));
        members.put("until", Json.of(login.get().session().expires().toString()));
        members.put("renewable", Json.of(login.get().session().refresh().isPresent()));
        return new Json.Members(members);
    }

    private static Sessions sessions(Invocation invocation) {
        return Sessions.of(invocation.terminal().environment());
    }
}
