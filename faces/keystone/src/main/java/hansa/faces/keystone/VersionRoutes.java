package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.keystone.Versions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which versions there are. Always at the root: wherever a client came in, there it goes on. */
final class VersionRoutes {

    private static final int CHOICES = 300;

    private final Answers answers;

    VersionRoutes(Answers answers) {
        this.answers = answers;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(new Route<>(Method.GET, "/", Rule.ANYONE, 0, (request, _) -> all(request)));
    }

    List<Route<Rule, Optional<Caller>>> forPrograms() {
        return List.of(new Route<>(Method.GET, "/", Rule.ANYONE, 0, (request, _) -> {
            String accept = request.header("Accept").orElse("").toLowerCase(Locale.ROOT);
            if (accept.contains("application/json") && !accept.contains("text/html")) {
                return all(request);
            }
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is nothing to look at here; OCCI is at /occi, REST at /api/v1, Keystone's versions at"
                            + " /keystone.");
        }));
    }

    private Response all(Request request) {
        return answers.json(CHOICES, Versions.Many.at(request.origin())).with("Location", request.origin() + "/v3/");
    }

    Route<Rule, Optional<Caller>> v2() {
        return new Route<>(
                Method.GET,
                "/",
                Rule.ANYONE,
                0,
                (request, _) -> answers.json(200, new Versions.One(Versions.Version.v2(request.origin()))));
    }

    Route<Rule, Optional<Caller>> v3() {
        return new Route<>(
                Method.GET,
                "/",
                Rule.ANYONE,
                0,
                (request, _) -> answers.json(200, new Versions.One(Versions.Version.v3(request.origin()))));
    }
}
