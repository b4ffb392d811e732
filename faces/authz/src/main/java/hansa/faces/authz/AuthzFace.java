package hansa.faces.authz;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Presented;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Verdict;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.authz.Authzen;
import hansa.protocols.authz.AuthzenQuestion;
import hansa.protocols.authz.Unreadable;
import hansa.protocols.authz.XacmlJson;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets others ask what the policies of this node would decide about anybody: OpenID AuthZEN 1.0 at
 * {@code /access/v1/evaluation} and {@code /evaluations}, the JSON profile of XACML at {@code /authorize/pdp}. For those
 * with the action {@code policy.evaluate}. Thread-safe.
 */
public final class AuthzFace implements Face<Access, Caller> {

    private static final String JSON = "application/json";
    private static final String XACML = "application/xacml+json";
    private static final long LARGEST = 256 * 1024;

    private final Identity identity;
    private final Policy policy;
    private final Questions questions;

    public AuthzFace(Identity identity, Policy policy, Clock clock) {
        this.identity = identity;
        this.policy = policy;
        this.questions = new Questions(clock);
    }

    @Override
    public String name() {
        return "authz";
    }

    @Override
    public List<Route<Access, Caller>> routes() {
        return List.of(
                route("/access/v1/evaluation", this::evaluate),
                route("/access/v1/evaluations", this::evaluateAll),
                route("/authorize/pdp", this::decide));
    }

    @FunctionalInterface
    private interface Answering {
        Response answer(Request request, Caller caller) throws Unreadable;
    }

    private static Route<Access, Caller> route(String path, Answering answering) {
        return new Route<>(Method.POST, path, Access.CALLER, LARGEST, (request, caller) -> {
            try {
                return answering.answer(request, caller);
            } catch (Unreadable e) {
                throw new Failure(ErrorCode.REQUEST_MALFORMED, "The question is not understood: " + e.text() + ".", e);
            }
        });
    }

    private Response evaluate(Request request, Caller caller) throws Unreadable {
        requireType(request, JSON);
        policy.requireToEvaluate(caller);
        return echoing(request, Response.of(200, JSON, Authzen.write(answer(Authzen.question(request.body())))));
    }

    private Response evaluateAll(Request request, Caller caller) throws Unreadable {
        requireType(request, JSON);
        policy.requireToEvaluate(caller);
        Authzen.Batch batch = Authzen.batch(request.body());
        List<Authzen.Answer> answers = new ArrayList<>();
        for (AuthzenQuestion question : batch.questions()) {
            Authzen.Answer answer = answer(question);
            answers.add(answer);
            boolean last = switch (batch.semantic()) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !answer.permitted();
                case PERMIT_ON_FIRST_PERMIT -> answer.permitted();
            };
            if (last) {
                break;
            }
        }
        return echoing(request, Response.of(200, JSON, Authzen.write(answers)));
    }

    private Authzen.Answer answer(AuthzenQuestion question) throws Unreadable {
        Verdict verdict = policy.ask(questions.of(question));
        return new Authzen.Answer(verdict.permitted(), verdict.rule(), verdict.why());
    }

    private Response decide(Request request, Caller caller) throws Unreadable {
        requireType(request, XACML, JSON);
        policy.requireToEvaluate(caller);
        Verdict verdict = policy.ask(questions.of(XacmlJson.question(request.body())));
        return Response.of(
                200,
                XACML,
                XacmlJson.write(
                        verdict.permitted() ? XacmlJson.Verdict.PERMIT : XacmlJson.Verdict.DENY,
                        verdict.rule(),
                        verdict.why()));
    }

    /** AuthZEN 1.0, §10.1.3: the client's request id comes back. */
    private static Response echoing(Request request, Response response) {
        Optional<String> id = request.header("X-Request-ID").filter(text -> text.matches("[\\x21-\\x7e]{1,128}"));
        return id.isPresent() ? response.with("X-Request-ID", id.get()) : response;
    }

    private static void requireType(Request request, String... types) {
        String sent = request.header("Content-Type").orElse("").split(";", 2)[0];
        if (!List.of(types).contains(sent.strip().toLowerCase(Locale.ROOT))) {
            throw new Failure(ErrorCode.REQUEST_MEDIA_TYPE, "Send the question as " + types[0] + ".");
        }
    }

    @Override
    public Caller admit(Access rule, Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !origin.get().equals(request.origin())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "Requests of pages from elsewhere are not taken here (rule 'same-origin').");
        }
        return identity.authenticate(Presented.of(
                request.header("Authorization"),
                request.header("X-Auth-Token"),
                request.clientChain(),
                request.header(Presented.VO_HEADER),
                request.peer()));
    }

    @Override
    public Optional<String> limitedAs(Caller caller) {
        return caller.operator() ? Optional.empty() : Optional.of(caller.id());
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        int status = status(failure.code());
        Response response = Response.text(status, failure.text());
        return status == 401 ? response.with("WWW-Authenticate", "Bearer") : response;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case IDENTITY_REQUIRED, IDENTITY_INVALID -> 401;
            case POLICY_DENIED, QUOTA_EXCEEDED -> 403;
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case REQUEST_TOO_LARGE -> 413;
            case REQUEST_MEDIA_TYPE -> 415;
            case RATE_LIMITED -> 429;
            case REQUEST_MALFORMED,
                    REQUEST_VERSION,
                    CATEGORY_UNKNOWN,
                    CATEGORY_NOT_APPLICABLE,
                    ATTRIBUTE_INVALID,
                    ATTRIBUTE_IMMUTABLE,
                    ATTRIBUTE_MISSING,
                    LINK_TARGET_MISSING,
                    IMAGE_CHECKSUM,
                    IMAGE_SOURCE,
                    NETWORK_AMBIGUOUS,
                    RESOURCE_EXISTS,
                    RESOURCE_CHANGED,
                    RESOURCE_IN_USE,
                    ACTION_WRONG_STATE,
                    CLOUD_UNSUPPORTED -> 400;
            case INTERNAL -> 500;
            case CLOUD_REFUSED -> 502;
            case CAPACITY_EXHAUSTED,
                    CLOUD_UNAVAILABLE,
                    IDENTITY_UNCHECKED,
                    STORE_UNAVAILABLE,
                    STORE_FULL,
                    SHUTTING_DOWN -> 503;
        };
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(
                new Response.Header("Server", "Hansa"),
                new Response.Header("Cache-Control", "no-store"),
                new Response.Header("X-Content-Type-Options", "nosniff"));
    }
}
