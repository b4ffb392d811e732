package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.json.OcciJsonReader;
import hansa.protocols.occi.text.TextOcciReader;
import hansa.protocols.occi.text.TextPlainReader;
import hansa.protocols.occi.text.UriListReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Asks one OCCI service, and reads its answers. Only paths of what it answers are used, so nothing leads us elsewhere. */
final class Endpoint implements AutoCloseable {

    private static final Limits LIMITS = new Limits(64 * 1024 * 1024, 1_000_000, 1024, 1 << 19, 16);
    private static final String QUERY = "/-/";
    private static final String WELL_KNOWN = "/.well-known/org/ogf/occi/-/";

    private final OcciSettings settings;
    private final URI url;
    private final Transport transport;
    private final Asker asker;
    private final Optional<Endpoint> whole;
    private final ReentrantLock looking = new ReentrantLock();
    private final TextPlainReader plain = new TextPlainReader(LIMITS);
    private final TextOcciReader headers = new TextOcciReader(LIMITS);
    private final UriListReader uris = new UriListReader(LIMITS);
    private final OcciJsonReader json = new OcciJsonReader(LIMITS);
    private volatile Optional<Peer> known = Optional.empty();

    /** Asks with the account that is configured. */
    static Endpoint ours(OcciSettings settings) {
        Transport transport = new Transport(settings);
        SignIn signIn = new SignIn(transport, settings);
        Optional<HeaderField> organisation = settings.vo().map(name -> new HeaderField("Hansa-VO", name));
        return new Endpoint(
                settings,
                transport,
                ask -> signIn.exchange(organisation.map(ask::with).orElse(ask)),
                Optional.empty());
    }

    private Endpoint(OcciSettings settings, Transport transport, Asker asker, Optional<Endpoint> whole) {
        this.settings = settings;
        this.url = settings.url();
        this.transport = transport;
        this.asker = asker;
        this.whole = whole;
    }

    /** The same service, asked in the name of somebody else; what is known of it is shared. */
    Endpoint askedBy(Function<Transport, Asker> somebody) {
        return new Endpoint(settings, transport, somebody.apply(transport), Optional.of(this));
    }

    /** What is known of it without asking. */
    Optional<Peer> known() {
        return whole.map(Endpoint::known).orElse(known);
    }

    /** What is known of the service; it is asked the first time. */
    Peer peer() {
        if (whole.isPresent()) {
            return whole.get().peer();
        }
        return known.orElseGet(() -> {
            looking.lock();
            try {
                return known.orElseGet(this::look);
            } finally {
                looking.unlock();
            }
        });
    }

    /** Asks the query interface anew. */
    Peer look() {
        if (whole.isPresent()) {
            return whole.get().look();
        }
        Optional<Dialect> dialect = known.map(Peer::dialect);
        Peer found = dialect.map(this::query).orElseGet(this::meet);
        known = Optional.of(found);
        return found;
    }

    /** Whoever it is reads text; those who have JSON tell more in it, such as the sizes of flavours. */
    private Peer meet() {
        Peer met = queried("text/plain");
        return met.dialect().lists() == Dialect.Lists.WHOLE ? query(met.dialect()) : met;
    }

    /** What stands behind an address may have become another server. */
    private Peer query(Dialect dialect) {
        Peer now = queried(dialect.accepts());
        return new Peer(now.dialect() == Dialect.OTHER ? dialect : now.dialect(), now.categories());
    }

    private Peer queried(String media) {
        Ask ask = asking("GET", url.getRawPath() + QUERY, media);
        Answer first = asker.ask(ask);
        Answer answer = first.status() == 404
                ? required(asking("GET", url.getRawPath() + WELL_KNOWN, media))
                : checked(ask, first);
        Peer peer = Peer.of(answer.header("Server"), message(answer));
        if (peer.categories().isEmpty()) {
            throw unreadable("its query interface is empty");
        }
        return peer;
    }

    private Answer required(Ask ask) {
        return checked(ask, asker.ask(ask));
    }

    /** A page for people is no answer of the service, whatever its status. */
    private Answer checked(Ask ask, Answer answer) {
        if (!answer.isSuccess()) {
            throw Refusals.of(ask, answer);
        }
        if (answer.header("Content-Type").orElse("").contains("html")) {
            throw unreadable(ask + " is answered with a page of HTML");
        }
        return answer;
    }

    /** @throws CloudException.NotFound where there is none */
    OcciMessage read(CategoryId kind, RemoteId id) {
        return message(required(asking("GET", path(kind, id)))).single();
    }

    Optional<OcciMessage> find(CategoryId kind, RemoteId id) {
        try {
            return Optional.of(read(kind, id));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /** A collection: its members, or where they are. */
    OcciMessage collection(CategoryId kind) {
        return message(required(asking("GET", collectionPath(kind))));
    }

    /** The members that have this value, for servers that filter by the query of the URL. */
    OcciMessage collection(CategoryId kind, String attribute, String value) {
        return message(required(
                asking("GET", collectionPath(kind) + "?attribute=" + encoded(attribute) + "&value=" + encoded(value))));
    }

    /** The members that have this value, for servers that filter by headers (GFD.185, Filtering). */
    OcciMessage filtered(CategoryId kind, String attribute, String value) {
        Ask ask = asking("GET", collectionPath(kind))
                .with("Content-Type", "text/occi")
                .with("X-OCCI-Attribute", attribute + "=\"" + value + '"');
        return message(required(ask));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @return what was made: all of it, or at least its id */
    OcciMessage create(CategoryId kind, Message message) {
        Answer answer = required(asking("POST", collectionPath(kind)).saying(Message.TYPE, message.toBytes()));
        Optional<String> header = answer.header("Location");
        boolean whole = header.isEmpty() || peer().dialect().lists() == Dialect.Lists.WHOLE;
        OcciMessage told = whole && answer.body().length > 0 ? message(answer).single() : OcciMessage.empty();
        if (told.text(CoreAttributes.ID).isPresent()) {
            return told;
        }
        String location = header.or(() -> told.locations().stream().findFirst())
                .or(() -> answer.header("X-OCCI-Location"))
                .orElseThrow(() -> unreadable("it made something and does not say where"));
        return read(kind, Entities.idAt(location).orElseThrow(() -> unreadable("it made something without an id")));
    }

    void change(CategoryId kind, RemoteId id, Message message) {
        required(asking("POST", path(kind, id)).saying(Message.TYPE, message.toBytes()));
    }

    void act(CategoryId kind, RemoteId id, String action, Message message) {
        required(asking("POST", path(kind, id) + "?action=" + action).saying(Message.TYPE, message.toBytes()));
    }

    /** One that is gone already is no error. */
    void delete(CategoryId kind, RemoteId id) {
        try {
            required(asking("DELETE", path(kind, id)));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    /** Makes a mixin of our own known. One that is known already is no error. */
    void define(CategoryId mixin, String location) {
        try {
            required(asking("POST", url.getRawPath() + QUERY)
                    .saying(
                            Message.TYPE,
                            new Message().definition(mixin, location).toBytes()));
        } catch (CloudException.Conflict e) {
            // Known from a request whose answer was lost.
        }
    }

    /** Takes it off whatever carries it. */
    void undefine(CategoryId mixin) {
        required(asking("DELETE", url.getRawPath() + QUERY)
                .saying(Message.TYPE, new Message().mixin(mixin).toBytes()));
    }

    /** The members that carry a mixin; none where it is not known. */
    OcciMessage carrying(CategoryId kind, CategoryId mixin) {
        Ask ask = asking("GET", collectionPath(kind) + "?category=" + encoded(mixin.toString()));
        try {
            return message(required(ask));
        } catch (CloudException.InvalidRequest e) {
            return OcciMessage.empty();
        }
    }

    /** Where an entity is, as the service's links name it. */
    String path(CategoryId kind, RemoteId id) {
        String segment = encoded(id.value()).replace("+", "%20");
        return collectionPath(kind) + segment;
    }

    private String collectionPath(CategoryId kind) {
        String location = peer().location(kind).orElseGet(() -> url.getRawPath() + "/" + kind.term() + "/");
        String path = Entities.pathOf(location)
                .orElseThrow(() -> unreadable("the location of " + kind.term() + " is no path"));
        return path.endsWith("/") ? path : path + "/";
    }

    private Ask asking(String method, String path) {
        return asking(method, path, peer().dialect().accepts());
    }

    private Ask asking(String method, String path, String media) {
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        return Ask.of(method, URI.create(origin + path)).with("Accept", media);
    }

    private OcciMessage message(Answer answer) {
        if (answer.status() == 204) {
            return OcciMessage.empty();
        }
        MediaType type = MediaType.ofRequest(answer.header("Content-Type"), answer.body().length > 0)
                .orElseThrow(() -> unreadable("it answers in "
                        + Refusals.oneLine(answer.header("Content-Type").orElse("nothing"))));
        try {
            return switch (type) {
                case TEXT_PLAIN, TEXT_OCCI_PLAIN -> plain.read(answer.body());
                case TEXT_OCCI -> headers.read(answer.fields());
                case URI_LIST -> uris.read(answer.body());
                case OCCI_JSON -> json.read(answer.body());
            };
        } catch (OcciSyntaxException e) {
            throw unreadable(Refusals.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private CloudException.Unavailable unreadable(String why) {
        return new CloudException.Unavailable("OCCI at " + url + " does not answer as it should: " + why);
    }

    @Override
    public void close() {
        transport.close();
    }
}
