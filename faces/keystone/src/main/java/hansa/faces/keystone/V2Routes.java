package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.keystone.AuthRequest;
import hansa.protocols.keystone.KeystoneReader;
import hansa.protocols.keystone.Project;
import hansa.protocols.keystone.Token;
import java.util.List;
import java.util.Optional;

/** Version 2.0, which OpenStack gave up and OCCI's clients know: tokens and tenants. */
final class V2Routes {

    private final KeystoneReader reader = new KeystoneReader();
    private final Answers answers;
    private final Sessions sessions;
    private final SignIn signIn;
    private final VersionRoutes versions;

    V2Routes(Answers answers, Sessions sessions, SignIn signIn, VersionRoutes versions) {
        this.answers = answers;
        this.sessions = sessions;
        this.signIn = signIn;
        this.versions = versions;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                versions.v2(),
                new Route<>(Method.POST, "/tokens", Rule.ANYONE, Bodies.LARGEST, (request, _) -> issue(request)),
                new Route<>(Method.GET, "/tenants", Rule.CALLER, 0, (_, caller) -> tenants(caller.orElseThrow())));
    }

    private Response issue(Request request) {
        AuthRequest wanted = Bodies.read(request, reader::readV2);
        Sessions.Issued issued = sessions.issue(signIn.prove(wanted.proof(), request), wanted.scope(), request);
        return answers.json(200, Token.V2.of(issued.token(), issued.facts()));
    }

    private Response tenants(Caller caller) {
        return answers.json(
                200,
                Project.Tenants.of(Names.projects(caller).stream()
                        .map(project -> Project.Tenant.of(project.id(), project.name()))
                        .toList()));
    }
}
