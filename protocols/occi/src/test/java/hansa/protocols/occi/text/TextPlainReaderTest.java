package hansa.protocols.occi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPlainReaderTest {
    private final TextPlainReader reader = new TextPlainReader(Limits.standard());

    @Test
    void aCreateRequestIsReadWhole() throws OcciSyntaxException {
        OcciMessage message = reader.read("""
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
                Category: user_data; scheme="http://schemas.openstack.org/compute/instance#"; class="mixin"
                X-OCCI-Attribute: occi.core.title="vm1"
                X-OCCI-Attribute: org.openstack.compute.user_data="I2Nsb3VkLWNvbmZpZwo="
                X-OCCI-Attribute: occi.compute.cores=2
                X-OCCI-Attribute: occi.compute.memory=2.50
                Link: </network/public>; rel="http://schemas.ogf.org/occi/infrastructure#network"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface"; occi.networkinterface.interface="eth0"
                """);

        assertThat(message.categories())
                .containsExactly(
                        CategoryReference.of(Infrastructure.COMPUTE, CategoryClass.KIND),
                        CategoryReference.of(
                                CategoryId.parse(
                                        "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small"),
                                CategoryClass.MIXIN),
                        CategoryReference.of(OpenStackExtension.USER_DATA, CategoryClass.MIXIN));
        assertThat(message.attributes())
                .containsEntry("occi.core.title", AttributeValue.of("vm1"))
                .containsEntry("org.openstack.compute.user_data", AttributeValue.of("I2Nsb3VkLWNvbmZpZwo="))
                .containsEntry("occi.compute.cores", AttributeValue.of(2))
                .containsEntry("occi.compute.memory", AttributeValue.of(new BigDecimal("2.50")));
        assertThat(message.links()).singleElement().satisfies(link -> {
            assertThat(link.target()).isEqualTo("/network/public");
            assertThat(link.rel()).containsExactly(Infrastructure.NETWORK);
            assertThat(link.categories()).containsExactly(Infrastructure.NETWORK_INTERFACE);
            assertThat(link.attributes()).containsEntry("occi.networkinterface.interface", AttributeValue.of("eth0"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\" class=\"kind\";",
                "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; \"class=kind\"; ",
                "category:compute;scheme=\"http://schemas.ogf.org/occi/infrastructure#\";class=kind",
                "CATEGORY : compute ; scheme = 'x' ; scheme = http://schemas.ogf.org/occi/infrastructure ; class = KIND ;;",
                "Category: compute;\n\tscheme=\"http://schemas.ogf.org/occi/infrastructure#\"\r\n  class=\"kind\";\r\n",
                "\uFEFF\n\nCategory: ,compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\";,\nOK\n",
            })
    void sloppySpellingsOfACategoryMeanTheSame(String body) throws OcciSyntaxException {
        assertThat(reader.read(body).categories())
                .containsExactly(CategoryReference.of(Infrastructure.COMPUTE, CategoryClass.KIND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=\"x\"|x",
                "a=\"x\" ; |x",
                "a=x|x",
                "a=x y ;|x y",
                "a=http://example.com/vms/1|http://example.com/vms/1",
                "a=192.168.0.1|192.168.0.1",
                "a=\"C:\\temp\"|C:\\temp",
                "a=\"say \\\"hi\\\" \\\\o/\"|say \"hi\" \\o/",
                "a=\"b, c; d=<e>\"|b, c; d=<e>",
                "a=\"\"|``",
                "a=\"5\"|5",
            })
    void valuesOfTextAreReadAsText(String attribute, String expected) throws OcciSyntaxException {
        assertThat(reader.read("X-OCCI-Attribute: " + attribute).attributes())
                .containsOnly(entry("a", AttributeValue.of(expected)));
    }

    @ParameterizedTest
    @CsvSource({"2,2", "2.0,2.0", "-3,-3", ".5,0.5", "9223372036854775808,9223372036854775808"})
    void numbersStayExact(String written, String expected) throws OcciSyntaxException {
        assertThat(reader.read("X-OCCI-Attribute: a=" + written).attributes().get("a"))
                .isEqualTo(AttributeValue.of(new BigDecimal(expected)));
    }

    @Test
    void severalValuesMayShareALine() throws OcciSyntaxException {
        OcciMessage message = reader.read("""
                X-OCCI-Attribute: occi.compute.memory=2.0, occi.compute.speed=2.33, on=true
                X-OCCI-Location: /compute/123, /compute/456
                X-OCCI-Location: http://example.com/compute/789
                """);
        assertThat(message.attributes().keySet()).containsExactly("occi.compute.memory", "occi.compute.speed", "on");
        assertThat(message.locations())
                .containsExactly("/compute/123", "/compute/456", "http://example.com/compute/789");
    }

    @Test
    void aFoldedStringIsOneLine() throws OcciSyntaxException {
        assertThat(reader.read("X-OCCI-Attribute: a=\"one\r\n   two\"")
                        .attributes()
                        .get("a"))
                .isEqualTo(AttributeValue.of("one two"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Category: ; scheme=\"x#\"|Line 1, column 11: A category begins with its term",
                "Category: compute|has no scheme; add",
                "Category: compute; scheme|After \"scheme\" there should be '='",
                "Category: compute; scheme=\"x#|not closed on its line",
                "Category: compute; scheme=\"x#\"; class=\"thing\"|must be kind, mixin or action",
                "Category: com{pute; scheme=\"x#\"|The term",
                "X-OCCI-Attribute: a|there should be '='",
                "X-OCCI-Attribute: a=|should be a number",
                "X-OCCI-Attribute: a=\"b\"c|a quote within a value",
                "X-OCCI-Attribute: ä=1|made of letters",
                "Link: /network/public|begins with its target",
                "Link: </network/public; rel=x|between '<' and '>'",
                "Link: </n>; rel=\"network\"|must hold type identifiers",
                "X-OCCI-Atribute: a=1|must begin with Category:",
                "hello|must begin with Category:",
            })
    void whatCannotBeReadSaysWhatToMend(String body, String complaint) {
        assertThatThrownBy(() -> reader.read(body))
                .isInstanceOf(OcciSyntaxException.class)
                .hasMessageContaining(complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void theFaultIsFoundOnItsLine() {
        assertThatThrownBy(() -> reader.read("X-OCCI-Attribute: a=1\n\nX-OCCI-Attribute: b=\n"))
                .isInstanceOfSatisfying(
                        OcciSyntaxException.class, e -> assertThat(e.line()).isEqualTo(3));
    }

    @Test
    void whatIsNotUtf8IsRefused() throws OcciSyntaxException {
        assertThatThrownBy(() -> reader.read("X-OCCI-Attribute: a=\"ü\"".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("UTF-8");
        assertThat(reader.read("X-OCCI-Attribute: a=\"ü\uFFFD\"".getBytes(StandardCharsets.UTF_8))
                        .attributes()
                        .get("a"))
                .isEqualTo(AttributeValue.of("ü\uFFFD"));
    }

    @Test
    void anEmptyBodySaysNothing() throws OcciSyntaxException {
        assertThat(reader.read("").isEmpty()).isTrue();
        assertThat(reader.read("\r\n \r\n").isEmpty()).isTrue();
    }
}
