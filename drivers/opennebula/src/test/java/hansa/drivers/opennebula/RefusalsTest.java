package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class RefusalsTest {

    /** As an OpenNebula 7.4.0 answered. */
    @ParameterizedTest
    @CsvFileSource(resources = "refusals-of-7.4.tsv", delimiter = '\t', quoteCharacter = '\u0001')
    void refusals_of_the_real_one_are_of_the_right_kind_and_keep_its_words(
            String method, int code, String words, String kind) {
        CloudException refusal = Refusals.of(method, new Reply.Refused(code, words));
        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(refusal.text()).isEqualTo(words);
    }

    @Test
    void every_code_has_a_kind_and_text_of_one_line() {
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(Refusals.of("one.x", new Reply.Refused(kind.code(), "two\nlines"))
                            .text())
                    .isEqualTo("two lines");
            assertThat(Refusals.of("one.x", new Reply.Refused(kind.code(), "")).text())
                    .isEqualTo("OpenNebula refuses one.x with the code " + kind.code());
        }
    }

    @Test
    void a_name_that_is_taken_is_a_conflict_and_a_missing_method_a_wrong_request() {
        String taken = "[one.image.allocate] NAME is already taken by IMAGE 3.";
        assertThat(Refusals.of("one.image.allocate", new Reply.Refused(0x4000, taken)))
                .isInstanceOf(CloudException.Conflict.class);
        assertThat(Refusals.of("one.no", new MethodResponse.Fault(-506, "Method 'one.no' not defined")))
                .isInstanceOf(CloudException.InvalidRequest.class);
        assertThat(Refusals.of("one.vm.info", new MethodResponse.Fault(-500, "out of memory")))
                .isInstanceOf(CloudException.Unavailable.class);
    }

    /** As the source of 5.x to 7.x words them; most of what is wrong in an order has the code of what goes wrong inside. */
    @ParameterizedTest
    @CsvFileSource(resources = "refusals-of-the-source.tsv", delimiter = '\t', quoteCharacter = '\u0001')
    void refusals_that_are_in_the_source_are_of_the_right_kind(String method, int code, String words, String kind) {
        assertThat(Refusals.of(method, new Reply.Refused(code, words))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }
}
