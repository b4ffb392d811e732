package hansa.cli;

import static hansa.cli.Arguments.one;

import hansa.cli.client.Json;
import hansa.cli.client.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One kind of rules of a virtual organisation: each is found by its name, put there whole, and taken away. */
record VoRules(String noun, String folder, String id, List<Column> columns) {

    private Resource of(Invocation invocation) {
        return new Resource(noun, VoCommands.path(invocation, folder), id, id, columns);
    }

    /** The command that shows all of them. */
    Command list(String name, String summary) {
        return new Command(
                name, summary, List.of(one("VO", "its name")), List.of("vo " + name + " biomed"), invocation -> {
                    Resource rules = of(invocation);
                    invocation.output().list(rules, invocation.lookup().all(rules, Map.of(), Standard.EVERYTHING));
                });
    }

    /** @param name the segments of its path */
    void set(Invocation invocation, JsonBody rule, String... name) {
        Resource rules = of(invocation);
        Json.Members made = invocation
                .node()
                .send("PUT", rules.path() + Node.path(name), Optional.of(rule.json()))
                .members();
        invocation.output().done(rules, made, "set");
    }

    /** @param name the segments of its path */
    void remove(Invocation invocation, String... name) {
        invocation.node().send("DELETE", of(invocation).path() + Node.path(name), Optional.empty());
        invocation.output().note(noun + " " + name[0] + " deleted");
    }
}
