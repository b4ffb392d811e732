package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;
import static hansa.cli.Arguments.timeout;

import hansa.cli.Standard.Aim;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code hansa vm …}: making, changing and ending virtual machines. */
final class VmCommands {

    static final Resource VM = new Resource(
            "vm",
            "/vms",
            "id",
            "title",
            List.of(
                    Column.of("NAME", "title"),
                    Column.of("ID", "id"),
                    Column.state("state"),
                    Column.of("IMAGE", "image"),
                    Column.of("FLAVOUR", VmCommands::size),
                    Column.of("ADDRESS", VmCommands::addresses),
                    Column.of("CLOUD", "cloud").onlyWide(),
                    Column.of("OWNER", "owner").onlyWide(),
                    Column.of("VO", "vo").onlyWide(),
                    Column.of("ACCOUNT", "account").onlyWide(),
                    Column.of("CORES", "cores").onlyWide(),
                    Column.of("MEMORY", row -> Sizes.mib(row.number("memoryMib")))
                            .onlyWide(),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

    private static final String RESTARTED = "restarted";

    private VmCommands() {}

    static Group group() {
        return new Group("vm", "virtual machines", List.of("vms"), VmCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(
                        VM,
                        List.of("title", "state", "image", "flavour", "cloud", "vo", "tag"),
                        List.of("vm list", "vm list --state active --output wide", "vm list --output name")),
                Standard.show(VM, List.of("vm show web", "vm show web --output json")),
                create(),
                PlanCommands.explain(),
                set(),
                Standard.deleteSlowly(VM, List.of("vm delete web", "vm delete web db --wait")),
                Standard.act(
                        VM, "start", "start machines", new Aim("start", "active"), List.of(), _ -> Optional.empty()),
                Standard.act(
                        VM,
                        "stop",
                        "stop machines",
                        new Aim("stop", "inactive"),
                        List.of(flag("--force", "cut the power instead of asking the guest")),
                        invocation -> method(invocation, "--force", "poweroff")),
                Standard.act(
                        VM,
                        "restart",
                        "restart machines",
                        new Aim("restart", "restarted", VmCommands::isRestarted),
                        List.of(flag("--force", "press the reset button instead of asking the guest")),
                        invocation -> method(invocation, "--force", "cold")),
                Standard.act(
                        VM,
                        "suspend",
                        "freeze machines in memory, or on disk",
                        new Aim("suspend", "suspended"),
                        List.of(flag("--to-disk", "free their memory as well")),
                        invocation -> method(invocation, "--to-disk", "hibernate")),
                Standard.act(
                        VM,
                        "resume",
                        "go on with suspended machines",
                        new Aim("start", "active"),
                        List.of(),
                        _ -> Optional.empty()),
                VmLinkCommands.attach(),
                VmLinkCommands.detach(),
                resize(),
                adopt(),
                save(),
                ConsoleCommand.command());
    }

    private static Optional<Json> method(Invocation invocation, String flag, String method) {
        return invocation.flag(flag) ? new JsonBody().text("method", method).optional() : Optional.empty();
    }

    /** A machine that restarts is active all the while, so its state tells nothing. */
    static boolean isRestarted(Json.Members asked, Json.Members now) {
        if (!now.text(RESTARTED).equals(asked.text(RESTARTED))) {
            return true;
        }
        if (now.text("restartAsked").equals(asked.text("restartAsked"))) {
            return false;
        }
        String message = now.text("message");
        throw new Refusal(
                Exit.FAILED,
                "vm " + VM.title(now) + " was not restarted: "
                        + (message.isEmpty() ? "something else was asked of it in the meantime" : message));
    }

    private static Command adopt() {
        return new Command(
                "adopt",
                "take over a machine at a cloud that was not made here (operators)",
                List.of(
                        one("CLOUD", "where it is"),
                        one("ID", "the cloud's own id; 'hansa cloud machines CLOUD'"),
                        text("--owner", "CALLER", "whose it is from then on (default: yours)"),
                        text("--vo", "VO", "the virtual organisation in whose name it is"),
                        text("--name", "NAME", "what to call it (default: its name at the cloud)")),
                List.of("vm adopt lab 4711", "vm adopt lab 4711 --owner alice --vo biomed"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("machine", Optional.of(invocation.positional(1)))
                            .text("owner", invocation.text("--owner"))
                            .text("vo", invocation.text("--vo"))
                            .text("title", invocation.text("--name"));
                    Json.Members made = invocation
                            .node()
                            .send(
                                    "POST",
                                    "/clouds" + Node.path(invocation.positional(0)) + "/adoptions",
                                    Optional.of(body.json()))
                            .members();
                    invocation.output().done(VM, made, "adopted");
                });
    }

    private static Command create() {
        return new Command(
                "create",
                "make a machine, or several, and start them",
                Stream.concat(creating().stream(), PlacementOptions.ALL.stream())
                        .toList(),
                List.of(
                        "vm create web --image tiny --flavour small --wait",
                        "vm create web --image tiny --flavour small --ssh-key ~/.ssh/id_ed25519.pub --user-data setup.sh",
                        "vm create web --image debian12 --flavour small --public-address --file /etc/motd=./motd",
                        "vm create db --image debian12 --cores 2 --memory 4G --network private --volume data",
                        "vm create web --image tiny --flavour small --site auto --policy cheapest --dry-run",
                        "vm create node --image tiny --flavour small --count 4 --spread cloud:2"),
                VmCommands::create);
    }

    private static List<Argument> creating() {
        return List.of(
                one("NAME", "what to call it"),
                required("--image", "IMAGE", "what it boots from; 'hansa image list'"),
                text("--flavour", "FLAVOUR", "how large it is; 'hansa flavour list'"),
                text("--cores", "N", "processors, instead of a flavour"),
                text("--memory", "SIZE", "memory, instead of a flavour: 512M, 2G"),
                text("--user-data", "FILE", "what the guest runs at its first boot ('-': standard input)"),
                texts("--ssh-key", "FILE", "a public key that may log in"),
                texts("--file", "PATH=FILE", "a file that cloud-init writes in the guest: /etc/motd=./motd"),
                texts("--network", "NETWORK", "a network to connect to (default: the cloud's own)"),
                flag("--public-address", "connect to the network whose addresses the outside reaches"),
                texts("--volume", "VOLUME", "a volume to plug in"),
                text("--cloud", "CLOUD", "at which cloud (default: the broker chooses)"),
                text("--hostname", "NAME", "what the guest calls itself"),
                text("--summary", "TEXT", "a note"),
                texts("--tag", "TAG", "a tag to put on it"),
                text("--id", "ID", "an id of your own; a second create with it is refused"),
                await("it is active"),
                timeout());
    }

    private static void create(Invocation invocation) {
        JsonBody body = new JsonBody()
                .text("id", invocation.text("--id"))
                .text("title", invocation.positional(0))
                .text("summary", invocation.text("--summary"))
                .text("hostname", invocation.text("--hostname"))
                .text("image", reference(invocation, ImageCommands.IMAGE, invocation.text("--image")))
                .text("flavour", invocation.text("--flavour"))
                .number("cores", invocation.number("--cores"))
                .number("memoryMib", invocation.text("--memory").map(Sizes::parseMib))
                .text("userData", invocation.text("--user-data").map(file -> base64(invocation.file(file))))
                .texts(
                        "sshKeys",
                        invocation.texts("--ssh-key").stream()
                                .map(file -> key(invocation, file))
                                .toList())
                .objects(
                        "files",
                        invocation.texts("--file").stream()
                                .map(given -> file(invocation, given))
                                .toList())
                .objects("nics", nics(invocation))
                .objects(
                        "volumes",
                        invocation.texts("--volume").stream()
                                .map(volume -> new JsonBody()
                                        .text(
                                                "volume",
                                                reference(invocation, VolumeCommands.VOLUME, Optional.of(volume))))
                                .toList())
                .text("cloud", invocation.text("--cloud"))
                .texts("tags", TagCommands.ids(invocation, invocation.texts("--tag")))
                .object("placement", PlacementOptions.body(invocation));
        JsonBody several =
                new JsonBody().number("count", invocation.number("--count")).object("vm", body);
        if (invocation.flag("--dry-run")) {
            PlanCommands.show(
                    invocation,
                    invocation
                            .node()
                            .send("POST", "/vm-plans", Optional.of(several.json()))
                            .members());
        } else if (invocation.number("--count").isPresent()) {
            createSet(invocation, several);
        } else {
            Standard.create(VM, invocation, body, "active");
        }
    }

    private static void createSet(Invocation invocation, JsonBody several) {
        List<Json.Members> made = invocation
                .node()
                .send("POST", "/vm-sets", Optional.of(several.json()))
                .members()
                .objects("items");
        for (Json.Members vm : made) {
            if (invocation.flag("--wait")) {
                Json.Members ready = new Waiting(invocation)
                        .until(VM, vm, "active", now -> now.text("state").equals("active"));
                invocation.output().done(VM, ready, "is active");
            } else {
                invocation.output().done(VM, vm, "created");
            }
        }
    }

    private static JsonBody file(Invocation invocation, String given) {
        int sign = given.indexOf('=');
        if (sign < 1 || !given.startsWith("/")) {
            throw new Refusal(Exit.USAGE, "'--file' takes the path in the guest and your file, like /etc/motd=./motd");
        }
        return new JsonBody()
                .text("path", given.substring(0, sign))
                .text("content", base64(invocation.file(given.substring(sign + 1))));
    }

    private static List<JsonBody> nics(Invocation invocation) {
        List<JsonBody> nics = new ArrayList<>();
        invocation.texts("--network").forEach(network -> nics.add(new JsonBody().text("network", network)));
        if (invocation.flag("--public-address")) {
            nics.add(new JsonBody().flag("publicAddress", true));
        }
        return nics;
    }

    private static Optional<String> reference(Invocation invocation, Resource resource, Optional<String> reference) {
        return reference.map(text -> invocation.lookup().one(resource, text).text(resource.id()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String key(Invocation invocation, String given) {
        boolean literal = given.startsWith("ssh-") || given.startsWith("ecdsa-") || given.startsWith("sk-");
        String key = (literal ? given : invocation.textFile(given)).strip();
        if (key.contains("PRIVATE KEY")) {
            throw new Refusal(
                    Exit.USAGE, "'" + given + "' is a private key, keep it to yourself; give the .pub file beside it");
        }
        return key;
    }

    private static Command set() {
        return new Command(
                "set",
                "change what a machine is called",
                List.of(
                        one("VM", "name, id, or the beginning of an id"),
                        text("--name", "NAME", "a new name"),
                        text("--summary", "TEXT", "a new note"),
                        text("--hostname", "NAME", "a new host name, for a guest that has not booted yet")),
                List.of("vm set web --name web-old", "vm set web --summary 'the old site'"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("title", invocation.text("--name"))
                            .text("summary", invocation.text("--summary"))
                            .text("hostname", invocation.text("--hostname"));
                    if (body.isEmpty()) {
                        throw new Refusal(Exit.USAGE, "nothing to change; give --name, --summary or --hostname");
                    }
                    Standard.patch(VM, invocation, body, "changed");
                });
    }

    private static Command resize() {
        return new Command(
                "resize",
                "give a machine another size",
                List.of(
                        one("VM", "name, id, or the beginning of an id"),
                        text("--flavour", "FLAVOUR", "how large it shall be; 'hansa flavour list'"),
                        text("--cores", "N", "processors, for a machine without flavour"),
                        text("--memory", "SIZE", "memory, for a machine without flavour: 512M, 2G")),
                List.of("vm resize web --flavour large", "vm resize db --cores 4 --memory 8G"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("flavour", invocation.text("--flavour"))
                            .number("cores", invocation.number("--cores"))
                            .number("memoryMib", invocation.text("--memory").map(Sizes::parseMib));
                    if (body.isEmpty()) {
                        throw new Refusal(Exit.USAGE, "no size given; give --flavour, or --cores and --memory");
                    }
                    Standard.patch(VM, invocation, body, "will be resized");
                });
    }

    private static Command save() {
        return new Command(
                "save",
                "make an image of a machine's disk",
                List.of(
                        one("VM", "name, id, or the beginning of an id"),
                        required("--name", "NAME", "what to call the image"),
                        flag("--deferred", "not now, but when the machine next stops"),
                        await("the image is ready"),
                        timeout()),
                List.of("vm save web --name web-golden --wait"),
                invocation -> {
                    Json.Members vm = invocation.lookup().one(VM, invocation.positional(0));
                    Json body = new JsonBody()
                            .text("method", invocation.flag("--deferred") ? "deferred" : "hot")
                            .text("name", invocation.text("--name"))
                            .json();
                    Json.Members image = invocation
                            .node()
                            .send("POST", Standard.path(VM, vm) + Node.path("actions", "save"), Optional.of(body))
                            .members();
                    if (invocation.flag("--wait")) {
                        image = new Waiting(invocation)
                                .until(
                                        ImageCommands.IMAGE,
                                        image,
                                        "ready",
                                        now -> now.text("state").equals("ready"));
                    }
                    invocation.output().done(ImageCommands.IMAGE, image, "is " + image.text("state"));
                });
    }

    private static String size(Json.Members vm) {
        String flavour = vm.text("flavour");
        return flavour.isEmpty() ? vm.text("cores") + "x" + Sizes.mib(vm.number("memoryMib")) : flavour;
    }

    private static String addresses(Json.Members vm) {
        return vm.objects("nics").stream()
                .flatMap(nic -> nic.items("addresses").stream())
                .map(Json::plain)
                .collect(Collectors.joining(","));
    }
}
