package hansa.faces.occi;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients in the field send, and every rendering to the byte. */
@ExtendWith(WorldExtension.class)
class ScenarioTest {

    @TestFactory
    Stream<DynamicTest> everyConversationGoesAsItIsWrittenDown(World world) {
        return Scenario.files("/scenarios")
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> {
                    Scenario scenario = new Scenario(world, file.name());
                    file.steps().forEach(scenario::play);
                }));
    }
}
