package hansa.kernel.telemetry;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the operator's own tools ask: {@code /health/live}, {@code /health/ready} and {@code /metrics}. No credentials;
 * measurements are for this host only unless configured otherwise.
 */
public final class OperationsFace implements Face<OperationsFace.Rule, Optional<String>> {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Who may ask. */
    public enum Rule {
        EVERYBODY,
        THIS_HOST
    }

    private final Telemetry telemetry;
    private final Health health;
    private final Rule metricsRule;

    public OperationsFace(Telemetry telemetry, Health health, Rule metricsRule) {
        this.telemetry = telemetry;
        this.health = health;
        this.metricsRule = metricsRule;
    }

    @Override
    public String name() {
        return "operations";
    }

    @Override
    public List<Route<Rule, Optional<String>>> routes() {
        return List.of(
                new Route<>(Method.GET, "/health/live", Rule.EVERYBODY, 0, (_, _) -> Response.text(200, "live")),
                new Route<>(Method.GET, "/health/ready", Rule.EVERYBODY, 0, (_, _) -> ready()),
                new Route<>(Method.GET, "/metrics", metricsRule, 0, (request, _) -> metrics(request)));
    }

    @Override
    public Optional<String> admit(Rule rule, Request request) {
        if (rule == Rule.THIS_HOST && !request.peer().isLoopbackAddress()) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "Measurements are for this host only (rule 'this-host'); set metrics.open to true to show them to everybody.");
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> limitedAs(Optional<String> nobody) {
        return Optional.empty();
    }

    private Response ready() {
        List<Health.Finding> findings = health.findings();
        boolean ready = Health.isReady(findings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("status", ready ? "ready" : "not ready");
            json.writeObjectPropertyStart("checks");
            for (Health.Finding finding : findings) {
                json.writeStringProperty(finding.name(), finding.problem().orElse("ok"));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return Response.of(ready ? 200 : 503, "application/json", out.toByteArray());
    }

    private Response metrics(Request request) {
        boolean open = request.header("Accept").orElse("").contains("application/openmetrics-text");
        String type = open ? OPEN_METRICS : PROMETHEUS;
        return Response.streamed(200, type, out -> telemetry.write(out, type));
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        int status = switch (failure.code()) {
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case REQUEST_TOO_LARGE -> 413;
            case POLICY_DENIED -> 403;
            case IDENTITY_REQUIRED, IDENTITY_INVALID -> 401;
            case REQUEST_MALFORMED,
                    REQUEST_MEDIA_TYPE,
                    REQUEST_VERSION,
                    CATEGORY_UNKNOWN,
                    CATEGORY_NOT_APPLICABLE,
                    ATTRIBUTE_INVALID,
                    ATTRIBUTE_IMMUTABLE,
                    ATTRIBUTE_MISSING,
                    LINK_TARGET_MISSING,
                    IMAGE_CHECKSUM,
                    IMAGE_SOURCE -> 400;
            case NETWORK_AMBIGUOUS,
                    RESOURCE_EXISTS,
                    RESOURCE_CHANGED,
                    RESOURCE_IN_USE,
                    ACTION_WRONG_STATE,
                    QUOTA_EXCEEDED -> 409;
            case RATE_LIMITED,
                    SHUTTING_DOWN,
                    CAPACITY_EXHAUSTED,
                    STORE_FULL,
                    IDENTITY_UNCHECKED,
                    STORE_UNAVAILABLE,
                    CLOUD_UNAVAILABLE,
                    CLOUD_REFUSED,
                    CLOUD_UNSUPPORTED -> 503;
            case INTERNAL -> 500;
        };
        return Response.text(status, failure.code().dotted() + ": " + failure.text());
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(new Response.Header("Cache-Control", "no-store"));
    }
}
