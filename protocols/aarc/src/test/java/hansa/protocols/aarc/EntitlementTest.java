package hansa.protocols.aarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntitlementTest {

    @Test
    void readsWhatEgiWrites() {
        assertThat(Entitlement.parse("urn:mace:egi.eu:group:vo.example.org:sub:role=vm_operator#aai.egi.eu"))
                .isEqualTo(new Entitlement(
                        "urn:mace:egi.eu",
                        List.of("vo.example.org", "sub"),
                        Optional.of("vm_operator"),
                        Optional.of("aai.egi.eu")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            urn:geant:example.org:group:physics                     | urn:geant:example.org     | physics         | -      | -
            URN:GEANT:example.org:group:physics                     | urn:geant:example.org     | physics         | -      | -
            urn:geant:a:b:c:group:x:y:z                             | urn:geant:a:b:c           | x/y/z           | -      | -
            urn:geant:example.org:group:p%20q:caf%C3%A9:role=a%3Ab  | urn:geant:example.org     | p q/café        | a:b    | -
            urn:geant:example.org:group:x%3ay#a.example.org         | urn:geant:example.org     | x:y             | -      | a.example.org
            urn:geant:example.org:group:a:group:b                   | urn:geant:example.org     | a/group/b       | -      | -
            urn:geant:example.org:group:Role=x                      | urn:geant:example.org     | Role=x          | -      | -
            urn:mace:group:group:x                                  | urn:mace:group            | x               | -      | -
            """)
    void readsGroupsRolesAndAuthorities(String text, String namespace, String path, String role, String authority) {
        Entitlement read = Entitlement.parse(text);
        assertThat(read.namespace()).isEqualTo(namespace);
        assertThat(String.join("/", read.groups())).isEqualTo(path);
        assertThat(read.role()).isEqualTo(Optional.ofNullable(role));
        assertThat(read.authority()).isEqualTo(Optional.ofNullable(authority));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "physics",
                "/vo/group/Role=x",
                "urn:geant:group:x",
                "urn:geant:example.org:res:x",
                "urn:geant:example.org:group",
                "urn:geant:example.org:group:",
                "urn:geant:example.org:group:a::b",
                "urn:geant:example.org:group:role=x",
                "urn:geant:example.org:group:a:role=x:b",
                "urn:geant:example.org:group:a:role=x:role=y",
                "urn:geant:example.org:group:a:role=",
                "urn:geant:example.org:group:a#",
                "urn:geant:example.org:group:a#b#c",
                "urn:geant:example.org:group:a b",
                "urn:geant:example.org:group:a%2",
                "urn:geant:example.org:group:a%zz",
                "urn:geant:example.org:group:a%C3",
                "urn:geant:example.org:group:a%00",
                "urn:geant:example.org:group:a%E2%80%AEb",
                "urn:geant:example.org:group:a?+b",
                "urn:geant:example.org:group:%72ole=x",
                "urn:geant:example.org%3Ax:group:a",
                "uri:geant:example.org:group:a",
                "urn::example.org:group:a",
                "urn:geant:example.org:group:1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17"
            })
    void refusesWhatSaysNoMembership(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Entitlement.parse(text));
    }

    @Test
    void refusesALongText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Entitlement.parse("urn:geant:example.org:group:" + "a".repeat(2048)))
                .withMessage("An entitlement has at most 2048 characters");
    }

    @Test
    void readsBackWhatItWrites() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> groups = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                groups.add(name(random));
            }
            Entitlement written = new Entitlement(
                    "urn:geant:" + name(random).replace(":", "."),
                    groups,
                    random.nextBoolean() ? Optional.of(name(random)) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(name(random)) : Optional.empty());
            assertThat(Entitlement.parse(written.toString()))
                    .as("seed %d, text %s", seed, written)
                    .isEqualTo(written);
        }
    }

    private static String name(RandomGenerator random) {
        String from = "abz09 :#%/?=&äλ€\uD83D\uDE00._-~@+";
        int[] characters = from.codePoints().toArray();
        StringBuilder text = new StringBuilder("n");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
