package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Size;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.protocols.occi.CategoryId;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateNamesTest {

    private final TemplateNames names = new TemplateNames("http://hansa.test/occi/infrastructure");

    @Test
    void anImageHasTheSchemeOfThisSite() {
        assertThat(names.of(new ImageId("debian12")))
                .isEqualTo(new CategoryId("http://hansa.test/occi/infrastructure/os_tpl#", "debian12"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            debian12            | debian12
            Debian 12 (cloud)   | Debian_x2012_x20_x28cloud_x29
            _hidden             | _x5fhidden
            a_x41               | a_x5fx41
            -dash               | _x2ddash
            ümlaut              | _xc3_xbcmlaut
            """)
    void aNameBecomesATermOfTheGrammarAndIsFoundAgain(String name, String term) {
        assertThat(TemplateNames.term(name)).isEqualTo(term);
        assertThat(TemplateNames.name(term)).isEqualTo(name);
    }

    @Test
    void everyNameIsFoundAgainFromItsTerm() {
        long seed = 20261121;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String alphabet = "ab09_x.- #/é漢\"";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(1, 12); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String term = TemplateNames.term(name.toString());
            assertThat(term).as("seed %d", seed).matches("[A-Za-z0-9][A-Za-z0-9_.-]*|_x[A-Za-z0-9_.-]*");
            assertThat(TemplateNames.name(term)).as("seed %d", seed).isEqualTo(name.toString());
        }
    }

    @Test
    void aStandardFlavourOfTheStandardSizeHasTheStandardsScheme() {
        assertThat(names.of(new FlavourId("small"), new Size(1, 1024, 10)))
                .isEqualTo(new CategoryId("http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#", "small"));
        assertThat(names.of(new FlavourId("mem_large"), new Size(4, 16384, 40)).scheme())
                .isEqualTo("http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#");
    }

    @Test
    void aFlavourThatOnlyBearsAStandardNameHasTheSchemeOfThisSite() {
        assertThat(names.of(new FlavourId("small"), new Size(2, 512, 0)))
                .isEqualTo(new CategoryId("http://hansa.test/occi/infrastructure/resource_tpl#", "small"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small",
                "http://schemas.ogf.org/occi/infrastructure/compute/template/1.0#small",
                "http://fedcloud.egi.eu/occi/compute/flavour/1.0#small",
                "http://schemas.openstack.org/template/resource#small",
                "http://hansa.test/occi/infrastructure/resource_tpl#small"
            })
    void aFlavourIsKnownUnderEverySchemeInUse(String identifier) {
        assertThat(names.flavour(CategoryId.parse(identifier))).contains(new FlavourId("small"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://schemas.openstack.org/template/os#debian12",
                "http://hansa.test/occi/infrastructure/os_tpl#debian12"
            })
    void anImageIsKnownUnderEverySchemeInUse(String identifier) {
        assertThat(names.image(CategoryId.parse(identifier))).contains(new ImageId("debian12"));
    }

    @Test
    void otherCategoriesAreNoTemplates() {
        CategoryId other = CategoryId.parse("http://example.org/tags#small");
        assertThat(names.flavour(other)).isEmpty();
        assertThat(names.image(other)).isEmpty();
    }
}
