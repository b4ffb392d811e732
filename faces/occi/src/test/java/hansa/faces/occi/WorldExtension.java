package hansa.faces.occi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One world for all tests of the module; each test is a user of its own in it. */
final class WorldExtension implements ParameterResolver {

    /** Closed by JUnit when all tests have run. */
    private record Held(World world, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            world.close();
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WorldExtension.class))
                .computeIfAbsent(World.class, _ -> open(), Held.class)
                .world();
    }

    private static Held open() {
        try {
            Path folder = Files.createTempDirectory("hansa-occi");
            return new Held(World.open(folder), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the world cannot be opened", e);
        }
    }
}
