package hansa.cli;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words that arguments are declared with. */
final class Arguments {

    private Arguments() {}

    static PositionalParamSpec one(String label, String help) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    static PositionalParamSpec second(String label, String help) {
        return PositionalParamSpec.builder()
                .index("1")
                .arity("1")
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    static PositionalParamSpec several(String label, String help) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("1..*")
                .paramLabel(label)
                .type(String[].class)
                .description(help)
                .build();
    }

    static OptionSpec text(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .build();
    }

    static OptionSpec required(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .required(true)
                .description(help)
                .build();
    }

    static OptionSpec texts(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String[].class)
                .description(help + " (may be given again)")
                .build();
    }

    static OptionSpec number(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(Long.class)
                .description(help)
                .build();
    }

    static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(help)
                .build();
    }

    static OptionSpec flag(String shortName, String name, String help) {
        return OptionSpec.builder(shortName, name)
                .arity("0")
                .type(boolean.class)
                .description(help)
                .build();
    }

    /** {@code --wait} and how long. */
    static OptionSpec await(String what) {
        return flag("--wait", "wait until " + what);
    }

    static OptionSpec timeout() {
        return text("--timeout", "TIME", "how long to wait at most, like 90s or 10m (default: 5m)");
    }
}
