package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code hansa vo …}: virtual organisations and their groups. */
final class VoCommands {

    static final Resource VO = new Resource(
            "vo",
            "/vos",
            "name",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("TITLE", "title"),
                    Column.of("STATE", row -> row.text("suspended").isEmpty() ? "active" : "suspended"),
                    Column.of("COST CENTRE", "costCentre").onlyWide(),
                    Column.age("created")));

    private VoCommands() {}

    static Group group() {
        return new Group("vo", "virtual organisations and who is in them", List.of("vos"), () -> {
            List<Command> commands = new ArrayList<>(List.of(
                    Standard.list(VO, List.of(), List.of("vo list", "vo list --output json")),
                    Standard.show(VO, List.of("vo show biomed")),
                    create(),
                    set(),
                    Standard.delete(VO, List.of("vo delete biomed")),
                    groups(),
                    addGroup(),
                    removeGroup(),
                    VoQuotaCommand.command(),
                    voms("lsc", "print what a site writes into vomsdir/VO/HOST.lsc to trust this VOMS server"),
                    voms("vomses", "print the line with which VOMS clients find this server")));
            commands.addAll(VoMemberCommands.commands());
            commands.addAll(VoMappingCommands.commands());
            commands.addAll(VoAccountCommands.commands());
            return commands;
        });
    }

    /** The path below an organisation. */
    static String path(Invocation invocation, String... more) {
        return VO.path() + Node.path(invocation.positional(0)) + Node.path(more);
    }

    private static Command create() {
        return new Command(
                "create",
                "make a virtual organisation (operators)",
                List.of(
                        one("VO", "letters, digits, '.', '_' and '-'"),
                        text("--title", "TEXT", "what people call it"),
                        text("--summary", "TEXT", "a note")),
                List.of("vo create biomed --title 'Biomedicine'"),
                invocation -> Standard.create(
                        VO,
                        invocation,
                        new JsonBody()
                                .text("name", invocation.positional(0))
                                .text("title", invocation.text("--title"))
                                .text("summary", invocation.text("--summary")),
                        ""));
    }

    private static Command set() {
        return new Command(
                "set",
                "change a virtual organisation",
                List.of(
                        one("VO", "its name"),
                        text("--title", "TEXT", "what people call it"),
                        text("--summary", "TEXT", "a note"),
                        text("--cost-centre", "TEXT", "what its usage is booked to"),
                        text("--member-days", "N", "how long a membership lasts; 0 = for good"),
                        text("--suspend", "REASON", "let its members do nothing in its name"),
                        flag("--resume", "let them go on")),
                List.of("vo set biomed --cost-centre CC-17 --member-days 365", "vo set biomed --suspend 'under audit'"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("title", invocation.text("--title"))
                            .text("summary", invocation.text("--summary"))
                            .text("costCentre", invocation.text("--cost-centre"))
                            .number("memberDays", invocation.number("--member-days"))
                            .text("suspended", invocation.text("--suspend"));
                    if (invocation.flag("--resume")) {
                        body.text("suspended", "");
                    }
                    if (body.isEmpty()) {
                        throw new Refusal(
                                Exit.USAGE, "nothing to change; give --title, --cost-centre or another option");
                    }
                    Standard.patch(VO, invocation, body, "changed");
                });
    }

    private static Command voms(String name, String summary) {
        return new Command(
                name, summary, List.of(one("VO", "its name")), List.of("vo " + name + " biomed"), invocation -> {
                    String vo = invocation.positional(0);
                    String lines = invocation
                            .node()
                            .text("/voms" + Node.path(vo, name))
                            .orElseThrow(() -> new Refusal(
                                    Exit.NOT_FOUND,
                                    "the node certifies nothing of '" + vo
                                            + "'; is there such a virtual organisation, and is voms.host configured?"));
                    invocation.output().line(lines.stripTrailing());
                });
    }

    private static Resource groupsOf(Invocation invocation) {
        return new Resource(
                "group",
                path(invocation, "groups"),
                "path",
                "path",
                List.of(Column.of("GROUP", "path"), Column.of("TITLE", "title"), Column.age("created")));
    }

    private static Command groups() {
        return new Command(
                "groups",
                "show the groups of a virtual organisation",
                List.of(one("VO", "its name")),
                List.of("vo groups biomed"),
                invocation -> {
                    Resource groups = groupsOf(invocation);
                    invocation.output().list(groups, invocation.lookup().all(groups, Map.of(), Standard.EVERYTHING));
                });
    }

    private static Command addGroup() {
        return new Command(
                "add-group",
                "make a group in a virtual organisation or in another group",
                List.of(
                        one("VO", "its name"),
                        one("GROUP", "like imaging, or imaging/mri in one that is there"),
                        text("--title", "TEXT", "what people call it")),
                List.of("vo add-group biomed imaging --title 'Imaging'"),
                invocation -> {
                    Resource groups = groupsOf(invocation);
                    JsonBody body = new JsonBody()
                            .text("path", invocation.positional(1))
                            .text("title", invocation.text("--title"));
                    Json.Members made = invocation
                            .node()
                            .send("POST", groups.path(), Optional.of(body.json()))
                            .members();
                    invocation.output().done(groups, made, "created");
                });
    }

    private static Command removeGroup() {
        return new Command(
                "remove-group",
                "delete a group without members and groups",
                List.of(one("VO", "its name"), one("GROUP", "like imaging/mri")),
                List.of("vo remove-group biomed imaging/mri"),
                invocation -> {
                    String group = invocation.positional(1);
                    invocation.node().send("DELETE", path(invocation, "groups", group), Optional.empty());
                    invocation.output().note("group " + group + " deleted");
                });
    }
}
