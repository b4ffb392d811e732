package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.several;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.timeout;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The commands that every kind of thing has, and the steps that many commands share. */
final class Standard {

    static final long EVERYTHING = 100_000;

    private Standard() {}

    /** @param filters query parameters that are options of the same name, for example {@code state} */
    static Command list(Resource resource, List<String> filters, List<String> examples) {
        List<Argument> arguments = new ArrayList<>();
        for (String filter : filters) {
            arguments.add(text(
                    "--" + option(filter),
                    option(filter).toUpperCase(Locale.ROOT),
                    "only those of this " + option(filter)));
        }
        arguments.add(text("--limit", "N", "at most so many (default: all)"));
        return new Command("list", "show the " + resource.noun() + "s", arguments, examples, invocation -> {
            Map<String, String> query = new LinkedHashMap<>();
            filters.forEach(
                    filter -> invocation.text("--" + option(filter)).ifPresent(value -> query.put(filter, value)));
            long limit = invocation.number("--limit").orElse(EVERYTHING);
            invocation.output().list(resource, invocation.lookup().all(resource, query, limit));
        });
    }

    /** People say name where the interface says title. */
    private static String option(String filter) {
        return filter.equals("title") ? "name" : filter;
    }

    static Command show(Resource resource, List<String> examples) {
        return new Command(
                "show",
                "show all about one " + resource.noun(),
                List.of(one(resource.noun().toUpperCase(Locale.ROOT), "name, id, or the beginning of an id")),
                examples,
                invocation ->
                        invocation.output().one(resource, invocation.lookup().one(resource, invocation.positional(0))));
    }

    /** Deletes something that takes its time. */
    static Command deleteSlowly(Resource resource, List<String> examples) {
        return new Command(
                "delete",
                "delete " + resource.noun() + "s",
                List.of(
                        several(resource.noun().toUpperCase(Locale.ROOT), "names, ids, or beginnings of ids"),
                        await("they are gone"),
                        timeout(),
                        flag("--ignore-missing", "what is not there is no error")),
                examples,
                invocation -> {
                    List<Json.Members> doomed = found(resource, invocation);
                    doomed.forEach(thing -> remove(resource, invocation, thing));
                    for (Json.Members thing : doomed) {
                        if (invocation.flag("--wait")) {
                            new Waiting(invocation).untilGone(resource, thing);
                        }
                        invocation
                                .output()
                                .done(resource, thing, invocation.flag("--wait") ? "deleted" : "is being deleted");
                    }
                });
    }

    /** Deletes something that is gone at once. */
    static Command delete(Resource resource, List<String> examples) {
        return new Command(
                "delete",
                "delete " + resource.noun() + "s",
                List.of(
                        several(resource.noun().toUpperCase(Locale.ROOT), "names, ids, or beginnings of ids"),
                        flag("--ignore-missing", "what is not there is no error")),
                examples,
                invocation -> {
                    for (Json.Members thing : found(resource, invocation)) {
                        remove(resource, invocation, thing);
                        invocation.output().done(resource, thing, "deleted");
                    }
                });
    }

    private static List<Json.Members> found(Resource resource, Invocation invocation) {
        List<Json.Members> found = new ArrayList<>();
        for (String reference : invocation.positionals()) {
            try {
                found.add(invocation.lookup().one(resource, reference));
            } catch (Refusal refusal) {
                if (refusal.exit() != Exit.NOT_FOUND || !invocation.flag("--ignore-missing")) {
                    throw refusal;
                }
                invocation.output().note(refusal.line());
            }
        }
        return found;
    }

    private static void remove(Resource resource, Invocation invocation, Json.Members thing) {
        invocation.node().send("DELETE", path(resource, thing), Optional.empty());
    }

    /** Takes things from one state to another, and waits for that if asked to. */
    static Command act(Resource resource, String name, String summary, Aim aim, List<Argument> options, Body body) {
        List<Argument> arguments = new ArrayList<>();
        arguments.add(several(resource.noun().toUpperCase(Locale.ROOT), "names, ids, or beginnings of ids"));
        arguments.addAll(options);
        arguments.add(await("it is " + aim.reached()));
        arguments.add(timeout());
        String sample = resource.noun().equals("vm") ? "web" : "data";
        List<String> examples = List.of(
                resource.noun() + " " + name + " " + sample, resource.noun() + " " + name + " " + sample + " --wait");
        return new Command(name, summary, arguments, examples, invocation -> {
            List<Json.Members> things = new ArrayList<>();
            for (String reference : invocation.positionals()) {
                Json.Members thing = invocation.lookup().one(resource, reference);
                String path = path(resource, thing) + "/actions/" + aim.action();
                things.add(invocation
                        .node()
                        .send("POST", path, body.of(invocation))
                        .members());
            }
            for (Json.Members thing : things) {
                settle(resource, invocation, thing, aim);
            }
        });
    }

    /**
     * What an action is called at the node, and how it ends.
     *
     * @param reached what the thing is then, as people say it
     * @param end whether it is so, from the answer to the request and from how the thing looks now
     */
    record Aim(String action, String reached, BiPredicate<Json.Members, Json.Members> end) {

        /** Ends in a state. */
        Aim(String action, String state) {
            this(action, state, (_, now) -> now.text("state").equals(state));
        }
    }

    /** What goes with an action. */
    @FunctionalInterface
    interface Body {
        Optional<Json> of(Invocation invocation);
    }

    private static void settle(Resource resource, Invocation invocation, Json.Members thing, Aim aim) {
        if (invocation.flag("--wait")) {
            Json.Members settled = new Waiting(invocation)
                    .until(resource, thing, aim.reached(), now -> aim.end().test(thing, now));
            invocation.output().done(resource, settled, "is " + aim.reached());
        } else {
            invocation.output().done(resource, thing, "will " + aim.action());
        }
    }

    /** Makes a thing and waits for it if asked to. */
    static void create(Resource resource, Invocation invocation, JsonBody body, String readyState) {
        Json.Members made = invocation
                .node()
                .send("POST", resource.path(), Optional.of(body.json()))
                .members();
        if (invocation.flag("--wait")) {
            Json.Members ready = new Waiting(invocation)
                    .until(resource, made, readyState, now -> now.text("state").equals(readyState));
            invocation.output().done(resource, ready, "is " + readyState);
        } else {
            invocation.output().done(resource, made, "created");
        }
    }

    /** Changes the thing that is named first on the line. */
    static void patch(Resource resource, Invocation invocation, JsonBody body, String done) {
        Json.Members thing = invocation.lookup().one(resource, invocation.positional(0));
        Json.Members changed = invocation
                .node()
                .send("PATCH", path(resource, thing), Optional.of(body.json()))
                .members();
        invocation.output().done(resource, changed, done);
    }

    static String path(Resource resource, Json.Members thing) {
        return resource.path() + Node.path(thing.text(resource.id()));
    }
}
