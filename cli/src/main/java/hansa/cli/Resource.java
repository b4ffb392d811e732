package hansa.cli;

import hansa.cli.client.Json;
import java.util.List;

/**
 * A kind of thing at the node.
 *
 * @param noun as people say it and as the command group is called
 * @param path its collection below the face's base
 * @param id the member that names one in a path
 * @param name the member that people call it by; the same as {@code id} where it has no other
 */
record Resource(String noun, String path, String id, String name, List<Column> columns) {

    Resource {
        columns = List.copyOf(columns);
    }

    boolean hasNames() {
        return !name.equals(id);
    }

    /** What to call one: its name, or its id where it has none. */
    String title(Json.Members thing) {
        String title = thing.text(name);
        return title.isEmpty() ? thing.text(id) : title;
    }
}
