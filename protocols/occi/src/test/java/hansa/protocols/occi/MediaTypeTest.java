package hansa.protocols.occi;

import static hansa.protocols.occi.MediaType.OCCI_JSON;
import static hansa.protocols.occi.MediaType.TEXT_OCCI;
import static hansa.protocols.occi.MediaType.TEXT_OCCI_PLAIN;
import static hansa.protocols.occi.MediaType.TEXT_PLAIN;
import static hansa.protocols.occi.MediaType.URI_LIST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
    private static final List<MediaType> ALL = List.of(MediaType.values());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|TEXT_PLAIN",
                "*/*|TEXT_PLAIN",
                "text/plain|TEXT_PLAIN",
                "TEXT/Plain; charset=utf-8|TEXT_PLAIN",
                "text/occi|TEXT_OCCI",
                "text/plain,text/occi|TEXT_PLAIN",
                "text/occi, text/plain|TEXT_OCCI",
                "text/occi;q=0.5, text/plain;q=0.8|TEXT_PLAIN",
                "text/plain;q=0.9, application/occi+json|OCCI_JSON",
                "*/*, application/occi+json;q=0.1|OCCI_JSON",
                "application/json|OCCI_JSON",
                "text/html, */*;q=0.1|TEXT_PLAIN",
                "text/*|TEXT_PLAIN",
                "*/*, text/plain;q=0|TEXT_OCCI_PLAIN",
                "text/html|none",
                "text/plain;q=0|none",
                "text/html;level=1;q=0.4, text/uri-list ; q=0.2|URI_LIST",
            })
    void theFirstOneThatIsNamedWins(String accept, MediaType expected) {
        assertThat(MediaType.negotiate(Optional.ofNullable(accept), ALL)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void onlyWhatIsAllowedIsChosen() {
        assertThat(MediaType.negotiate(Optional.of("text/uri-list"), List.of(TEXT_PLAIN, OCCI_JSON)))
                .isEmpty();
        assertThat(MediaType.negotiate(Optional.of("text/uri-list, application/occi+json"), List.of(OCCI_JSON)))
                .contains(OCCI_JSON);
        assertThat(MediaType.negotiate(Optional.empty(), List.of(OCCI_JSON))).contains(OCCI_JSON);
    }

    @Test
    void aContentTypeMayBeAList() {
        assertThat(MediaType.parseContentType("text/plain,text/occi")).containsExactly(TEXT_PLAIN, TEXT_OCCI);
        assertThat(MediaType.parseContentType("application/occi+json;charset=UTF-8"))
                .containsExactly(OCCI_JSON);
        assertThat(MediaType.parseContentType("application/x-www-form-urlencoded"))
                .isEmpty();
    }

    @Test
    void aRequestIsReadWhereItsContentIs() {
        Optional<String> both = Optional.of("text/plain,text/occi");
        assertThat(MediaType.ofRequest(both, true)).contains(TEXT_PLAIN);
        assertThat(MediaType.ofRequest(both, false)).contains(TEXT_OCCI);
        assertThat(MediaType.ofRequest(Optional.empty(), true)).contains(TEXT_PLAIN);
        assertThat(MediaType.ofRequest(Optional.empty(), false)).contains(TEXT_OCCI);
        assertThat(MediaType.ofRequest(Optional.of("text/occi"), true)).contains(TEXT_OCCI);
        assertThat(MediaType.ofRequest(Optional.of("text/occi+plain"), true)).contains(TEXT_OCCI_PLAIN);
        assertThat(MediaType.ofRequest(Optional.of("text/uri-list"), true)).contains(URI_LIST);
        assertThat(MediaType.ofRequest(Optional.of("application/xml"), true)).isEmpty();
    }

    @Test
    void aVeryLongHeaderIsReadOnlyInPart() {
        assertThat(MediaType.negotiate(Optional.of("a/b,".repeat(1000) + "text/plain"), ALL))
                .isEmpty();
    }
}
