package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.List;
import java.util.Optional;

/** {@code hansa tag …}: marks of one's own on machines, volumes and networks. */
final class TagCommands {

    private static final Resource TAG = new Resource(
            "tag",
            "/tags",
            "id",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("TITLE", "title"),
                    Column.of("ID", "id").onlyWide(),
                    Column.of("LOCATION", "location").onlyWide(),
                    Column.of("OWNER", "owner")));

    private TagCommands() {}

    static Group group() {
        return new Group(
                "tag",
                "marks on machines, volumes and networks",
                List.of("tags"),
                () -> List.of(
                        Standard.list(TAG, List.of(), List.of("tag list")),
                        Standard.show(TAG, List.of("tag show nightly")),
                        new Command(
                                "create",
                                "make a tag",
                                List.of(
                                        one(
                                                "NAME",
                                                "a word of a-z, 0-9, '_' and '-', or scheme and name as OCCI writes them"),
                                        text("--title", "TEXT", "a longer name")),
                                List.of("tag create nightly --title 'stopped at night'"),
                                invocation -> Standard.create(
                                        TAG,
                                        invocation,
                                        new JsonBody()
                                                .text("id", invocation.positional(0))
                                                .text("title", invocation.text("--title")),
                                        "")),
                        members("add", "put a tag on things", "PUT", "put on"),
                        members("remove", "take a tag off things", "DELETE", "taken off"),
                        Standard.delete(TAG, List.of("tag delete nightly"))));
    }

    /** The ids of tags that are called by name. */
    static List<String> ids(Invocation invocation, List<String> references) {
        return references.stream()
                .map(reference -> invocation.lookup().one(TAG, reference).text("id"))
                .toList();
    }

    private static Command members(String name, String summary, String method, String done) {
        return new Command(
                name,
                summary,
                List.of(
                        one("TAG", "its name or id"),
                        texts("--vm", "VM", "a machine"),
                        texts("--volume", "VOLUME", "a volume"),
                        texts("--network", "NETWORK", "a network")),
                List.of("tag " + name + " nightly --vm web --vm db"),
                invocation -> {
                    Json.Members tag = invocation.lookup().one(TAG, invocation.positional(0));
                    int count = each(invocation, tag, method, VmCommands.VM)
                            + each(invocation, tag, method, VolumeCommands.VOLUME)
                            + each(invocation, tag, method, NetworkCommands.NETWORK);
                    if (count == 0) {
                        throw new Refusal(Exit.USAGE, "nothing named; give --vm, --volume or --network");
                    }
                    invocation.output().done(TAG, tag, done + " " + count + (count == 1 ? " thing" : " things"));
                });
    }

    private static int each(Invocation invocation, Json.Members tag, String method, Resource resource) {
        List<String> references = invocation.texts("--" + resource.noun());
        for (String reference : references) {
            String id = invocation.lookup().one(resource, reference).text("id");
            String path = Standard.path(TAG, tag) + Node.path("members", resource.noun(), id);
            invocation.node().send(method, path, Optional.empty());
        }
        return references.size();
    }
}
