package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;
import static hansa.cli.Arguments.timeout;

import hansa.cli.Standard.Aim;
import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.util.List;
import java.util.Optional;

/** {@code hansa network …}. */
final class NetworkCommands {

    static final Resource NETWORK = new Resource(
            "network",
            "/networks",
            "id",
            "title",
            List.of(
                    Column.of("NAME", "title"),
                    Column.of("ID", "id"),
                    Column.state("state"),
                    Column.of("RANGE", "cidr"),
                    Column.of("PUBLIC", row -> row.flag("publicAddresses") ? "yes" : "")
                            .onlyWide(),
                    Column.of("GATEWAY", "gateway").onlyWide(),
                    Column.of("VLAN", "vlan").onlyWide(),
                    Column.of("CLOUD", "cloud"),
                    Column.of("OWNER", row -> row.text("owner").isEmpty() ? "shared" : row.text("owner")),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

    private NetworkCommands() {}

    static Group group() {
        return new Group("network", "networks between machines", List.of("networks"), NetworkCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(NETWORK, List.of("title", "state", "cloud", "vo", "tag"), List.of("network list")),
                Standard.show(NETWORK, List.of("network show private")),
                new Command(
                        "create",
                        "make a private network",
                        List.of(
                                one("NAME", "what to call it"),
                                text("--range", "CIDR", "its addresses, like 10.1.0.0/24 (default: the cloud chooses)"),
                                text("--gateway", "ADDRESS", "an address inside the range"),
                                flag("--static", "machines do not get their addresses by DHCP"),
                                text("--vlan", "N", "an 802.1q tag, 0 to 4095"),
                                text("--label", "TEXT", "the vlan's label"),
                                text("--cloud", "CLOUD", "where to (default: the first that makes networks)"),
                                text("--summary", "TEXT", "a note"),
                                texts("--tag", "TAG", "a tag to put on it"),
                                text("--id", "ID", "an id of your own"),
                                await("it is active"),
                                timeout()),
                        List.of("network create backend --range 10.1.0.0/24 --wait"),
                        invocation -> {
                            JsonBody body = new JsonBody()
                                    .text("id", invocation.text("--id"))
                                    .text("title", invocation.positional(0))
                                    .text("summary", invocation.text("--summary"))
                                    .text("label", invocation.text("--label"))
                                    .number("vlan", invocation.number("--vlan"))
                                    .text("cidr", invocation.text("--range"))
                                    .text("gateway", invocation.text("--gateway"))
                                    .text("allocation", invocation.flag("--static") ? "static" : "dynamic")
                                    .text("cloud", invocation.text("--cloud"))
                                    .texts("tags", TagCommands.ids(invocation, invocation.texts("--tag")));
                            Standard.create(NETWORK, invocation, body, "active");
                        }),
                set(),
                Standard.deleteSlowly(NETWORK, List.of("network delete backend --wait")),
                Standard.act(
                        NETWORK, "up", "take networks up", new Aim("up", "active"), List.of(), _ -> Optional.empty()),
                Standard.act(
                        NETWORK,
                        "down",
                        "take networks down",
                        new Aim("down", "inactive"),
                        List.of(),
                        _ -> Optional.empty()));
    }

    private static Command set() {
        return new Command(
                "set",
                "change what a network is called",
                List.of(
                        one("NETWORK", "name, id, or the beginning of an id"),
                        text("--name", "NAME", "a new name"),
                        text("--summary", "TEXT", "a new note"),
                        text("--label", "TEXT", "a new label of the vlan")),
                List.of("network set backend --name storage"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("title", invocation.text("--name"))
                            .text("summary", invocation.text("--summary"))
                            .text("label", invocation.text("--label"));
                    if (body.isEmpty()) {
                        throw new Refusal(Exit.USAGE, "nothing to change; give --name, --summary or --label");
                    }
                    Standard.patch(NETWORK, invocation, body, "changed");
                });
    }
}
