package hansa.cli.demo;

import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.demo.DemoSettings.Ground;
import hansa.cli.demo.DemoSettings.Hypervisor;
import hansa.cli.demo.DemoSettings.Simulated;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.Templates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The main job, step by step, and what is known on the way. Used by one thread, but for {@link #deleteMachine}. */
final class Journey {

    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration CHANGE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String IMAGE = "tiny";
    private static final List<String> FLAVOURS = List.of("tiny", "small");
    private static final String COMPUTE_STATE = "occi.compute.state";
    private static final String LOG_HINT =
            "read what the node said last, below; 'hansa demo --simulated' needs no hypervisor";

    private final Ground ground;
    private final DemoNode node;
    private final String id = UUID.randomUUID().toString();
    private final GuestScript script = new GuestScript(id);
    private volatile Optional<OcciClient> occi = Optional.empty();
    private volatile Optional<URI> machine = Optional.empty();
    private Optional<Node> rest = Optional.empty();
    private Optional<Mixin> image = Optional.empty();
    private Optional<Mixin> flavour = Optional.empty();

    Journey(Ground ground, DemoNode node) {
        this.ground = ground;
        this.node = node;
    }

    List<Step> steps() {
        return List.of(
                new Step("start a node on a fresh data folder", LOG_HINT, this::startNode),
                new Step("ask the OCCI query interface what there is", LOG_HINT, this::query),
                new Step("create a machine with user data and an SSH key", LOG_HINT, this::create),
                new Step("wait until it is active", LOG_HINT, () -> await("active")),
                new Step(
                        "read on its console what its user data printed",
                        "look at the guest's console; 'hansa vm console' shows it",
                        this::console),
                new Step("learn its address", LOG_HINT, this::address),
                new Step(
                        "fetch a page from the web server in the guest",
                        "check that nothing else uses the forwarded port, and that a firewall lets it through",
                        this::page),
                new Step(
                        "stop",
                        LOG_HINT,
                        () -> act("stop", Map.of("method", AttributeValue.of("graceful")), "inactive")),
                new Step("start", LOG_HINT, () -> bootAgain("start", 2)),
                new Step(
                        "suspend",
                        LOG_HINT,
                        () -> act("suspend", Map.of("method", AttributeValue.of("suspend")), "suspended")),
                new Step("resume", LOG_HINT, () -> act("start", Map.of(), "active")),
                new Step("restart", LOG_HINT, () -> bootAgain("restart", 3)),
                new Step("delete", LOG_HINT, this::delete));
    }

    private List<String> startNode() {
        node.start();
        occi = Optional.of(new OcciClient(node.occi(), node.trust(), node.token()));
        rest = Optional.of(node.rest());
        return List.of("OCCI at " + node.occi() + ", TLS by the node's own authority");
    }

    private List<String> query() {
        OcciMessage offer = Polling.awaited(
                "the cloud offers no image '" + IMAGE + "'",
                CHANGE,
                LOOK,
                () -> Optional.of(occi().query())
                        .filter(answer -> template(answer, Infrastructure.OS_TEMPLATE.term(), IMAGE)
                                .isPresent()));
        image = template(offer, Infrastructure.OS_TEMPLATE.term(), IMAGE)
                .map(found -> Templates.image(found.id(), found.title().orElse("")));
        flavour = FLAVOURS.stream()
                .flatMap(name -> template(offer, Infrastructure.RESOURCE_TEMPLATE.term(), name).stream())
                .findFirst()
                .map(found -> Templates.flavour(found.id(), found.title().orElse(""), Map.of()));
        return List.of(
                offer.categories().size() + " categories",
                "image " + identifier(image, "image"),
                "flavour " + identifier(flavour, "flavour"));
    }

    /** A template of a kind by its term or title; {@code rel} says which kind of template it is. */
    private static Optional<CategoryReference> template(OcciMessage offer, String type, String name) {
        return offer.categories().stream()
                .filter(category -> category.rel().orElse("").endsWith("#" + type))
                .filter(category -> category.id().term().equals(name)
                        || category.title().orElse("").equals(name))
                .findFirst();
    }

    private static String identifier(Optional<Mixin> mixin, String what) {
        return mixin.orElseThrow(() -> new DemoFailure("the cloud offers no " + what + " for the demo"))
                .id()
                .toString();
    }

    private List<String> create() {
        Map<String, AttributeValue> attributes = Map.of(
                "occi.compute.hostname",
                AttributeValue.of("demo"),
                Infrastructure.COMPUTE_USER_DATA,
                AttributeValue.of(base64(script.text())),
                Infrastructure.SSH_PUBLIC_KEY,
                AttributeValue.of(SshKey.fresh("demo@hansa")));
        Resource wanted = new Resource(
                occi().model().kind(Infrastructure.COMPUTE).orElseThrow(),
                id,
                Optional.of("demo"),
                Optional.empty(),
                List.of(
                        image.orElseThrow(),
                        flavour.orElseThrow(),
                        occi().model().mixin(Infrastructure.USER_DATA).orElseThrow(),
                        occi().model().mixin(Infrastructure.SSH_KEY).orElseThrow()),
                attributes,
                List.of(),
                List.of());
        machine = Optional.of(URI.create(node.occi() + "/compute/" + id));
        machine = Optional.of(occi().create(wanted));
        return List.of(location().getPath());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> await(String state) {
        Polling.until("the machine is not " + state, BOOT, LOOK, () -> {
            OcciMessage seen = occi().read(location()).orElseThrow(() -> new DemoFailure("the machine disappeared"));
            String now = seen.text(COMPUTE_STATE).orElse("");
            if (now.equals("error") && !state.equals("error")) {
                throw new DemoFailure("the machine is in error: "
                        + seen.text("occi.compute.state.message").orElse("no reason is known"));
            }
            return now.equals(state);
        });
        return List.of();
    }

    private List<String> console() {
        String line = awaitLines(script.greeting(), 1);
        List<String> findings = new ArrayList<>(List.of("console: " + line));
        consoleText()
                .lines()
                .filter(script::worthShowing)
                .map(each -> "console: " + each)
                .forEach(findings::add);
        return findings;
    }

    /** Waits until a line has been printed so many times, which is how often the guest has booted. */
    private String awaitLines(String text, int times) {
        return Polling.awaited(
                "the console does not show '" + text + "' for the " + times + ". time",
                BOOT,
                LOOK.multipliedBy(2),
                () -> consoleText()
                        .lines()
                        .filter(line -> line.contains(text))
                        .skip(times - 1L)
                        .findFirst()
                        .map(String::strip));
    }

    private String consoleText() {
        StringBuilder whole = new StringBuilder();
        String path = Node.path("vms", id, "console");
        Node.Piece piece = rest().read(path);
        while (piece.bytes().length > 0) {
            whole.append(new String(piece.bytes(), StandardCharsets.UTF_8));
            piece = rest().read(piece.next());
        }
        return whole.toString();
    }

    private List<String> address() {
        String address = Polling.awaited(
                "the machine has no address",
                CHANGE,
                LOOK,
                () -> nics().stream()
                        .flatMap(nic -> nic.items("addresses").stream())
                        .map(Json::plain)
                        .findFirst());
        return List.of("the guest got " + address);
    }

    private List<Json.Members> nics() {
        return rest().get(Node.path("vms", id)).objects("nics");
    }

    private List<String> page() {
        return switch (ground) {
            case Simulated _ ->
                List.of(
                        "not fetched: a simulated machine runs no web server, so there is no page; on real QEMU there is");
            case Hypervisor _ -> fetchedPage();
        };
    }

    private List<String> fetchedPage() {
        URI address = Polling.awaited(
                "the machine's record tells no forwarded port for the guest's port " + GuestScript.PORT,
                CHANGE,
                LOOK,
                this::forwarded);
        String page = WebPage.fetch(address, script.page(), CHANGE, LOOK);
        return List.of("GET " + address, "page: " + page);
    }

    private Optional<URI> forwarded() {
        return nics().stream()
                .flatMap(nic -> nic.objects("forwards").stream())
                .filter(forward -> forward.number("guestPort") == GuestScript.PORT)
                .map(forward -> URI.create("http://" + forward.text("host") + ":" + forward.number("port") + "/"))
                .findFirst();
    }

    private List<String> act(String action, Map<String, AttributeValue> arguments, String state) {
        occi().act(
                        location(),
                        occi().model()
                                .action(Infrastructure.action(Infrastructure.COMPUTE, action))
                                .orElseThrow(),
                        arguments);
        await(state);
        return List.of();
    }

    private List<String> bootAgain(String action, int boots) {
        act(action, Map.of(), "active");
        awaitLines(script.greeting(), boots);
        return List.of("its user data ran again");
    }

    private List<String> delete() {
        occi().delete(location());
        Polling.until(
                "the machine is still there",
                CHANGE,
                LOOK,
                () -> occi().read(location()).isEmpty());
        machine = Optional.empty();
        return List.of();
    }

    /** Deletes the machine if there may be one. Called once the steps are over, or from a shutdown hook. */
    void deleteMachine() {
        if (occi.isPresent()) {
            if (machine.isPresent()) {
                delete();
            }
            occi.get().close();
        }
    }

    private OcciClient occi() {
        return occi.orElseThrow(() -> new DemoFailure("the node does not run"));
    }

    private Node rest() {
        return rest.orElseThrow(() -> new DemoFailure("the node does not run"));
    }

    private URI location() {
        return machine.orElseThrow(() -> new DemoFailure("there is no machine"));
    }
}
