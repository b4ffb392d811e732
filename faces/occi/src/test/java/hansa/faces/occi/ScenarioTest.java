package hansa.faces.occi;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients in the field send, and every rendering to the byte. */
@ExtendWith(WorldExtension.class)
class ScenarioTest {

    @TestFactory
    Stream<DynamicTest> everyConversationGoesAsItIsWrittenDown(World world) throws IOException, URISyntaxException {
        URL folder = Optional.ofNullable(ScenarioTest.class.getResource("/scenarios"))
                .orElseThrow();
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
            files = all.sorted().toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> new Scenario(world, file.getFileName().toString().replace(".txt", ""))
                                .play(Files.readString(file))));
    }
}
