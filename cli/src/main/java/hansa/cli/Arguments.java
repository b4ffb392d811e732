package hansa.cli;

import hansa.cli.Argument.Flag;
import hansa.cli.Argument.Form;
import hansa.cli.Argument.Option;
import hansa.cli.Argument.Positional;
import java.util.List;
import java.util.Optional;

/** The words that arguments are declared with. */
final class Arguments {

    /** What every command takes, anywhere on the line. */
    static final List<Argument> GENERAL = List.of(
            flag("-h", "--help", "show this help"),
            new Option(
                    "--output",
                    Optional.of("-o"),
                    "FORMAT",
                    "table (for people), wide, json, yaml, or name (ids only)",
                    Form.OPTIONAL,
                    List.of("table", "wide", "json", "yaml", "name")),
            text("--endpoint", "URL", "the node (HANSA_ENDPOINT); else the one of the data folder"),
            text("--token", "TOKEN", "a token (HANSA_TOKEN); else your login, else the data folder's admin.token"),
            text("--ca", "FILE", "the authority that issued the node's certificate (HANSA_CA)"),
            text("--for", "VO", "act in the name of this virtual organisation (HANSA_VO); else your first"),
            text("--data", "DIR", "the local node's data folder (default ~/.local/share/hansa)"));

    private Arguments() {}

    static Positional one(String label, String help) {
        return new Positional(label, help, false);
    }

    static Positional several(String label, String help) {
        return new Positional(label, help, true);
    }

    static Option text(String name, String label, String help) {
        return new Option(name, Optional.empty(), label, help, Form.OPTIONAL, List.of());
    }

    static Option required(String name, String label, String help) {
        return new Option(name, Optional.empty(), label, help, Form.REQUIRED, List.of());
    }

    static Option texts(String name, String label, String help) {
        return new Option(name, Optional.empty(), label, help + "; may come again", Form.REPEATED, List.of());
    }

    static Flag flag(String name, String help) {
        return new Flag(name, Optional.empty(), help);
    }

    static Flag flag(String alias, String name, String help) {
        return new Flag(name, Optional.of(alias), help);
    }

    /** {@code --wait} for what. */
    static Flag await(String what) {
        return flag("--wait", "wait until " + what);
    }

    static Option timeout() {
        return text("--timeout", "TIME", "how long to wait at most, like 90s or 10m (default: 5m)");
    }
}
