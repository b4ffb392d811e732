package hansa.faces.voms;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Credentials;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Presented;
import hansa.federation.vos.Standing;
import hansa.federation.vos.Standings;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.VomsAnswer;
import hansa.protocols.voms.VomsAnswer.Code;
import hansa.protocols.voms.VomsesEntry;
import hansa.trust.voms.Attested;
import hansa.trust.voms.AttributeAuthority;
import hansa.trust.voms.Issued;
import hansa.trust.voms.NotHeld;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What VOMS servers show to clients: {@code /generate-ac}, and the lines that clients and sites have in their files. At
 * the root of a listener of its own for clients that know no other path; elsewhere below the name of the virtual
 * organisation. Thread-safe.
 */
public final class VomsFace implements Face<Rule, Optional<Caller>> {

    private static final Logger LOG = LoggerFactory.getLogger(VomsFace.class);

    /** The extension that makes a certificate a proxy (RFC 3820 §3.8). */
    private static final String PROXY = "1.3.6.1.5.5.7.1.14";

    private static final String STRANGE = "Unknown parameters in the request were ignored.";

    private final Identity identity;
    private final Standings standings;
    private final AttributeAuthority authority;
    private final IntSupplier port;

    /** @param port where clients that know no other path find {@code /generate-ac} */
    public VomsFace(Identity identity, Standings standings, AttributeAuthority authority, IntSupplier port) {
        this.identity = identity;
        this.standings = standings;
        this.authority = authority;
        this.port = port;
    }

    @Override
    public String name() {
        return "voms";
    }

    @Override
    public List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                get(
                        "/generate-ac",
                        Rule.CERTIFICATE,
                        (request, caller) ->
                                generate(request, caller.orElseThrow(VomsFace::unknown), Optional.empty())),
                get(
                        "/{vo}/generate-ac",
                        Rule.CERTIFICATE,
                        (request, caller) -> generate(
                                request,
                                caller.orElseThrow(VomsFace::unknown),
                                Optional.of(request.pathParameter("vo")))),
                get("/{vo}/lsc", Rule.ANYONE, (request, _) -> {
                    managed(request);
                    return text(authority.lsc().toString());
                }),
                get("/{vo}/vomses", Rule.ANYONE, (request, _) -> text(vomses(managed(request)) + "\n")));
    }

    private static Route<Rule, Optional<Caller>> get(String path, Rule rule, Route.Handler<Optional<Caller>> handler) {
        return new Route<>(Method.GET, path, rule, 0, handler);
    }

    @Override
    public Optional<Caller> admit(Rule rule, Request request) {
        return switch (rule) {
            case ANYONE -> Optional.empty();
            case CERTIFICATE -> Optional.of(holder(request));
        };
    }

    @Override
    public Optional<String> limitedAs(Optional<Caller> caller) {
        return caller.map(Caller::id);
    }

    /** Headers do not count: what is certified is bound to the certificate that TLS proved. */
    private Caller holder(Request request) {
        if (request.clientChain().isEmpty()) {
            throw unknown();
        }
        Caller caller = identity.authenticate(
                new Presented(new Credentials.None(), request.clientChain(), Optional.empty(), request.peer()));
        return switch (caller.proof()) {
            case CERTIFICATE, PROXY -> caller;
            case OPEN, TOKEN, BASIC, OIDC, SAML, ASSERTION, INTERNAL -> throw unknown();
        };
    }

    private static Failure unknown() {
        return new Failure(
                ErrorCode.IDENTITY_REQUIRED,
                "Attribute certificates are issued to holders of a certificate; connect with yours, or a proxy of it.");
    }

    private Response generate(Request request, Caller caller, Optional<String> named) {
        Query query = Query.read(request.query());
        String vo = organisation(query, caller, named);
        return switch (standings.of(caller, vo)) {
            case Standing.Elsewhere _ -> Refusals.of(Code.NO_SUCH_VO, "'" + shown(vo) + "' is not managed here.");
            case Standing.Stranger _ ->
                refused(caller, Code.NO_SUCH_USER, "You are no member of " + vo + "; ask its managers.");
            case Standing.Suspended _ ->
                refused(caller, Code.SUSPENDED_USER, "Your membership of " + vo + " is suspended or has ended.");
            case Standing.Active member -> issue(request, caller, vo, member, query);
        };
    }

    /** @throws Failure {@code request.malformed} where none is named, or two are */
    private String organisation(Query query, Caller caller, Optional<String> named) {
        if (named.isPresent() && query.vo().isPresent() && !query.vo().equals(named)) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "Groups of " + query.vo().get() + " are asked for where those of '" + shown(named.get())
                            + "' are certified.");
        }
        Optional<String> vo = named.or(query::vo);
        if (vo.isPresent()) {
            return vo.get();
        }
        List<String> possible = caller.fqans().stream()
                .map(Fqan::vo)
                .distinct()
                .filter(standings::manages)
                .toList();
        if (possible.size() != 1) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "No virtual organisation is named; ask for 'fqans=/VO', with its name for VO.");
        }
        return possible.getFirst();
    }

    private Response issue(Request request, Caller caller, String vo, Standing.Active member, Query query) {
        Attested attested =
                new Attested(endEntity(request.clientChain()), vo, member.fqans(), List.of(), member.until());
        try {
            Issued issued = authority.issue(attested, query.wish(), port.getAsInt());
            LOG.info(
                    "Attribute certificate {} for {} until {}: {}",
                    issued.certificate().content().serial(),
                    caller.id(),
                    issued.certificate().content().notAfter(),
                    issued.certificate().content().fqans());
            List<String> warnings = new ArrayList<>(issued.warnings());
            if (query.strange()) {
                warnings.add(STRANGE);
            }
            return Refusals.answer(200, new VomsAnswer.Granted(issued.certificate(), warnings));
        } catch (NotHeld e) {
            return refused(
                    caller,
                    Code.BAD_REQUEST,
                    "Unable to satisfy " + e.fqan() + ": you are not in that group, or do not have that role.");
        }
    }

    private static Response refused(Caller caller, Code code, String message) {
        LOG.info("No attribute certificate for {}: {}", caller.id(), message);
        return Refusals.of(code, message);
    }

    /** Proxies come and go; what is said of a member is said of their own certificate. */
    private static X509Certificate endEntity(List<X509Certificate> chain) {
        return chain.stream()
                .filter(certificate -> certificate.getExtensionValue(PROXY) == null)
                .findFirst()
                .orElseThrow(VomsFace::unknown);
    }

    private String managed(Request request) {
        String vo = request.pathParameter("vo");
        if (!standings.manages(vo)) {
            throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "'" + shown(vo) + "' is not managed here.");
        }
        return vo;
    }

    private String vomses(String vo) {
        return new VomsesEntry(vo, authority.host(), port.getAsInt(), authority.name(), vo).toString();
    }

    private static Response text(String lines) {
        return Response.text(200, lines.stripTrailing());
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        return Refusals.of(failure);
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(new Response.Header("Server", "Hansa"), new Response.Header("Cache-Control", "no-store"));
    }
}
