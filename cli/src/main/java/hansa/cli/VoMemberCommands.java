package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@code hansa vo …} that is about members and requests. */
final class VoMemberCommands {

    private static final Argument THE_VO = one("VO", "its name");
    private static final Argument THE_MEMBER = one("MEMBER", "as 'vo members' shows them");

    private VoMemberCommands() {}

    static List<Command> commands() {
        return List.of(
                join(),
                leave(),
                members(),
                add(),
                update(),
                remove(),
                requests(),
                decision(
                        "approve", "grant a request", "approved", text("--reason", "TEXT", "what the applicant reads")),
                decision(
                        "refuse",
                        "refuse a request",
                        "refused",
                        required("--reason", "TEXT", "what the applicant reads")),
                decision("withdraw", "take back a request of your own", "withdrawn"));
    }

    private static Resource membersOf(Invocation invocation) {
        return new Resource(
                "member",
                VoCommands.path(invocation, "members"),
                "id",
                "name",
                List.of(
                        Column.of("NAME", "name"),
                        Column.of("MEMBER", "id"),
                        Column.of("STATE", row -> row.text("suspended").isEmpty() ? "active" : "suspended"),
                        Column.of("RIGHTS", VoMemberCommands::rights),
                        Column.of("EXPIRES", "expires"),
                        Column.age("joined")));
    }

    private static String rights(Json.Members member) {
        String root = "/" + member.text("vo") + "/";
        return String.join(
                ", ",
                member.items("rights").stream()
                        .map(Json::plain)
                        .map(right -> right.startsWith(root) ? right.substring(root.length()) : right)
                        .toList());
    }

    private static Resource requestsOf(Invocation invocation) {
        return new Resource(
                "request",
                VoCommands.path(invocation, "requests"),
                "id",
                "id",
                List.of(
                        Column.of("REQUEST", "id"),
                        Column.of("NAME", "name"),
                        Column.of("WANTS", "right"),
                        Column.of("STATE", "state"),
                        Column.of("TEXT", "text"),
                        Column.of("APPLICANT", "applicant").onlyWide(),
                        Column.of("REASON", "reason").onlyWide(),
                        Column.age("created")));
    }

    private static Command join() {
        return new Command(
                "join",
                "ask to become a member, to get a group or role, or to stay a member",
                List.of(
                        THE_VO,
                        text("--right", "RIGHT", "a group or role, like imaging/Role=vm_operator"),
                        text("--text", "TEXT", "why")),
                List.of("vo join biomed --text 'I work with Mona'", "vo join biomed --right imaging"),
                invocation -> {
                    Resource requests = requestsOf(invocation);
                    JsonBody body = new JsonBody()
                            .text("right", invocation.text("--right"))
                            .text("text", invocation.text("--text"));
                    Json.Members made = invocation
                            .node()
                            .send("POST", requests.path(), Optional.of(body.json()))
                            .members();
                    invocation.output().done(requests, made, "waits for a decision");
                });
    }

    private static Command leave() {
        return new Command(
                "leave", "end your own membership", List.of(THE_VO), List.of("vo leave biomed"), invocation -> {
                    invocation.node().send("DELETE", VoCommands.path(invocation, "membership"), Optional.empty());
                    invocation.output().note("you left " + invocation.positional(0));
                });
    }

    private static Command members() {
        return new Command(
                "members",
                "show the members",
                List.of(THE_VO, text("--group", "GROUP", "only those in it or below it")),
                List.of("vo members biomed", "vo members biomed --group imaging --output wide"),
                invocation -> {
                    Map<String, String> query = new LinkedHashMap<>();
                    invocation.text("--group").ifPresent(group -> query.put("group", group));
                    Resource members = membersOf(invocation);
                    invocation.output().list(members, invocation.lookup().all(members, query, Standard.EVERYTHING));
                });
    }

    private static Command add() {
        return new Command(
                "add",
                "take somebody in, or give a member groups and roles",
                List.of(
                        THE_VO,
                        one("MEMBER", "their subject, with the issuer and '#' before it for those of an issuer"),
                        text("--name", "NAME", "what people call them"),
                        texts("--right", "RIGHT", "a group or role, like imaging or Role=manager"),
                        text("--expires", "TIME", "how long the membership lasts, like 30d")),
                List.of("vo add biomed anna --right Role=manager", "vo add biomed anna --right imaging --expires 90d"),
                VoMemberCommands::add);
    }

    private static void add(Invocation invocation) {
        Resource members = membersOf(invocation);
        String id = invocation.positional(1);
        String path = members.path() + Node.path(id);
        List<String> rights = invocation.texts("--right");
        Optional<Json.Members> there =
                rights.isEmpty() ? Optional.empty() : invocation.node().find(path);
        Json.Members member = there.orElseGet(() -> invocation
                .node()
                .send(
                        "POST",
                        members.path(),
                        Optional.of(new JsonBody()
                                .text("id", id)
                                .text("name", invocation.text("--name"))
                                .text("expires", expires(invocation))
                                .json()))
                .members());
        for (String right : rights) {
            member = invocation
                    .node()
                    .send("PUT", path + Node.path("rights", right), Optional.empty())
                    .members();
        }
        invocation.output().done(members, member, there.isPresent() ? "changed" : "added");
    }

    private static Optional<String> expires(Invocation invocation) {
        return invocation
                .text("--expires")
                .map(time -> Instant.now().plus(Ages.parse(time)).toString());
    }

    private static Command update() {
        return new Command(
                "member",
                "suspend a member, or let them stay for longer",
                List.of(
                        THE_VO,
                        THE_MEMBER,
                        text("--expires", "TIME", "how long the membership lasts from now, like 30d"),
                        flag("--for-good", "it does not end"),
                        text("--suspend", "REASON", "the membership shall not count"),
                        flag("--resume", "it counts again")),
                List.of("vo member biomed anna --expires 365d", "vo member biomed anna --suspend 'left the institute'"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("expires", expires(invocation))
                            .text("suspended", invocation.text("--suspend"))
                            .flag("forGood", invocation.flag("--for-good"));
                    if (invocation.flag("--resume")) {
                        body.text("suspended", "");
                    }
                    if (body.isEmpty()) {
                        throw new Refusal(Exit.USAGE, "nothing to change; give --expires, --suspend or --resume");
                    }
                    Resource members = membersOf(invocation);
                    String path = members.path() + Node.path(invocation.positional(1));
                    Json.Members changed = invocation
                            .node()
                            .send("PATCH", path, Optional.of(body.json()))
                            .members();
                    invocation.output().done(members, changed, "changed");
                });
    }

    private static Command remove() {
        return new Command(
                "remove",
                "end a membership, or take groups and roles from a member",
                List.of(THE_VO, THE_MEMBER, texts("--right", "RIGHT", "only this group or role")),
                List.of("vo remove biomed anna", "vo remove biomed anna --right Role=manager"),
                invocation -> {
                    String id = invocation.positional(1);
                    String path = VoCommands.path(invocation, "members", id);
                    List<String> rights = invocation.texts("--right");
                    for (String right : rights) {
                        invocation.node().send("DELETE", path + Node.path("rights", right), Optional.empty());
                    }
                    if (rights.isEmpty()) {
                        invocation.node().send("DELETE", path, Optional.empty());
                    }
                    invocation
                            .output()
                            .note(rights.isEmpty() ? "member " + id + " removed" : "member " + id + " changed");
                });
    }

    private static Command requests() {
        return new Command(
                "requests",
                "show requests of yours, and those that you decide",
                List.of(THE_VO, text("--state", "STATE", "pending, approved, refused or withdrawn")),
                List.of("vo requests biomed --state pending"),
                invocation -> {
                    Map<String, String> query = new LinkedHashMap<>();
                    invocation.text("--state").ifPresent(state -> query.put("state", state));
                    Resource requests = requestsOf(invocation);
                    invocation.output().list(requests, invocation.lookup().all(requests, query, Standard.EVERYTHING));
                });
    }

    private static Command decision(String name, String summary, String done, Argument... options) {
        List<Argument> arguments = new ArrayList<>(List.of(THE_VO, one("REQUEST", "its id")));
        arguments.addAll(List.of(options));
        return new Command(
                name,
                summary,
                arguments,
                List.of("vo " + name + " biomed 01a2f0c4-…" + (options.length > 0 ? " --reason 'as agreed'" : "")),
                invocation -> {
                    Resource requests = requestsOf(invocation);
                    JsonBody body = new JsonBody();
                    if (options.length > 0) {
                        body.text("reason", invocation.text("--reason"));
                    }
                    String id = invocation
                            .lookup()
                            .one(requests, invocation.positional(1))
                            .text("id");
                    Json.Members decided = invocation
                            .node()
                            .send("POST", requests.path() + Node.path(id, "actions", name), body.optional())
                            .members();
                    invocation.output().done(requests, decided, done);
                });
    }
}
