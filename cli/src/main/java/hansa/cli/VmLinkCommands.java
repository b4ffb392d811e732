package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.timeout;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import java.util.List;
import java.util.Optional;

/** {@code hansa vm attach} and {@code detach}: volumes and networks plugged into machines and out of them. */
final class VmLinkCommands {

    private static final String WHAT = "name, id, or the beginning of an id";

    private VmLinkCommands() {}

    static Command attach() {
        return new Command(
                "attach",
                "plug a volume or a network into a machine",
                List.of(
                        one("VM", WHAT),
                        text("--volume", "VOLUME", "the volume"),
                        text("--device", "DEVICE", "where the guest shall see the volume, like /dev/vdb"),
                        text("--mountpoint", "PATH", "where you mean to mount it; only remembered"),
                        text("--network", "NETWORK", "the network"),
                        text("--mac", "MAC", "the interface's hardware address, like 52:54:00:12:34:56"),
                        text("--address", "ADDRESS", "a fixed address inside the network"),
                        await("it is plugged in"),
                        timeout()),
                List.of("vm attach web --volume data --wait", "vm attach web --network private"),
                invocation -> {
                    Json.Members vm = invocation.lookup().one(VmCommands.VM, invocation.positional(0));
                    Plug plug = plug(invocation);
                    Json.Members link = invocation
                            .node()
                            .send(
                                    "POST",
                                    plug.links(vm).path(),
                                    Optional.of(plug.body(invocation).json()))
                            .members();
                    if (invocation.flag("--wait")) {
                        awaitLink(invocation, vm, plug, link);
                    }
                    invocation
                            .output()
                            .told(plug.links(vm), link, plug.called() + " attached to vm " + VmCommands.VM.title(vm));
                });
    }

    private static void awaitLink(Invocation invocation, Json.Members vm, Plug plug, Json.Members link) {
        Json.Members now = new Waiting(invocation)
                .until(
                        VmCommands.VM,
                        vm,
                        "changed",
                        machine -> link(machine, plug, link)
                                .filter(one -> !one.text("state").equals("pending"))
                                .isPresent());
        link(now, plug, link).filter(one -> one.text("state").equals("error")).ifPresent(broken -> {
            throw new Refusal(Exit.FAILED, "could not be attached: " + broken.text("message"));
        });
    }

    private static Optional<Json.Members> link(Json.Members vm, Plug plug, Json.Members link) {
        return vm.objects(plug.member()).stream()
                .filter(one -> one.text("id").equals(link.text("id")))
                .findFirst();
    }

    static Command detach() {
        return new Command(
                "detach",
                "unplug a volume or a network from a machine",
                List.of(
                        one("VM", WHAT),
                        text("--volume", "VOLUME", "the volume"),
                        text("--network", "NETWORK", "the network"),
                        await("it is unplugged"),
                        timeout()),
                List.of("vm detach web --volume data --wait", "vm detach web --network private"),
                invocation -> {
                    Json.Members vm = invocation.lookup().one(VmCommands.VM, invocation.positional(0));
                    Plug plug = plug(invocation);
                    Json.Members link = plug.find(vm);
                    invocation.node().send("DELETE", Standard.path(plug.links(vm), link), Optional.empty());
                    if (invocation.flag("--wait")) {
                        new Waiting(invocation)
                                .until(
                                        VmCommands.VM,
                                        vm,
                                        "changed",
                                        now -> link(now, plug, link).isEmpty());
                    }
                    invocation
                            .output()
                            .told(plug.links(vm), link, plug.called() + " detached from vm " + VmCommands.VM.title(vm));
                });
    }

    private static Plug plug(Invocation invocation) {
        Optional<Json.Members> volume =
                invocation.text("--volume").map(text -> invocation.lookup().one(VolumeCommands.VOLUME, text));
        Optional<Json.Members> network =
                invocation.text("--network").map(text -> invocation.lookup().one(NetworkCommands.NETWORK, text));
        if (volume.isPresent() == network.isPresent()) {
            throw new Refusal(Exit.USAGE, "give either --volume or --network");
        }
        return volume.<Plug>map(Plug.OfVolume::new)
                .or(() -> network.map(Plug.OfNetwork::new))
                .orElseThrow();
    }

    /** What goes into a machine. */
    private sealed interface Plug {

        Json.Members thing();

        record OfVolume(Json.Members thing) implements Plug {}

        record OfNetwork(Json.Members thing) implements Plug {}

        /** The member of a machine that lists such links. */
        default String member() {
            return switch (this) {
                case OfVolume _ -> "volumes";
                case OfNetwork _ -> "nics";
            };
        }

        default Resource links(Json.Members vm) {
            String base = Standard.path(VmCommands.VM, vm);
            return switch (this) {
                case OfVolume _ -> new Resource("attachment", base + "/attachments", "id", "volume", List.of());
                case OfNetwork _ -> new Resource("nic", base + "/nics", "id", "networkTitle", List.of());
            };
        }

        default JsonBody body(Invocation invocation) {
            return switch (this) {
                case OfVolume(Json.Members volume) ->
                    new JsonBody()
                            .text("volume", volume.text("id"))
                            .text("device", invocation.text("--device"))
                            .text("mountpoint", invocation.text("--mountpoint"));
                case OfNetwork(Json.Members network) ->
                    new JsonBody()
                            .text("network", network.text("id"))
                            .text("mac", invocation.text("--mac"))
                            .text("address", invocation.text("--address"));
            };
        }

        /** What it is, in a word. */
        default String kind() {
            return switch (this) {
                case OfVolume _ -> "volume";
                case OfNetwork _ -> "network";
            };
        }

        default String called() {
            return kind() + " "
                    + switch (this) {
                        case OfVolume(Json.Members volume) -> VolumeCommands.VOLUME.title(volume);
                        case OfNetwork(Json.Members network) -> NetworkCommands.NETWORK.title(network);
                    };
        }

        default Json.Members find(Json.Members vm) {
            return vm.objects(member()).stream()
                    .filter(link -> link.text(kind()).equals(thing().text("id")))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Exit.NOT_FOUND,
                            called() + " is not attached to vm " + VmCommands.VM.title(vm)
                                    + "; 'hansa vm show' tells what is"));
        }
    }
}
