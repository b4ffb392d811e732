package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            /network/public,                                /occi, /network/public
            /occi/network/public,                           /occi, /network/public
            https://cloud.test:8443/occi/network/public,    /occi, /network/public
            https://cloud.test:8443/network/public,         /occi, /network/public
            http://cloud.test/network/public?x=1#part,      '',    /network/public
            network/public,                                 '',    /network/public
            http://cloud.test,                              '',    /
            /occident/1,                                    /occi, /occident/1
            """)
    void aReferenceMeansAPathBelowTheMount(String reference, String mount, String path) {
        assertThat(Paths.local(reference, mount)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            vm1,                                            vm1
            urn:uuid:0c4b0d4c-6a0e-4a2b-8d5b-0c7e0f7a3f11,  0c4b0d4c-6a0e-4a2b-8d5b-0c7e0f7a3f11
            URN:UUID:0c4b0d4c-6a0e-4a2b-8d5b-0c7e0f7a3f11,  0c4b0d4c-6a0e-4a2b-8d5b-0c7e0f7a3f11
            https://cloud.test/compute/vm1,                 vm1
            /compute/vm1,                                   vm1
            """)
    void anIdIsTakenOutOfWhatClientsWrite(String written, String id) {
        assertThat(Paths.id(written)).isEqualTo(id);
    }

    @Test
    void aReferenceIsDecodedAndAPlusStaysAPlus() {
        assertThat(Paths.reference("/network/my%20net+1")).isEqualTo("my net+1");
    }

    @Test
    void anEscapeThatEscapesNothingIsRefused() {
        assertThatThrownBy(() -> Paths.reference("/network/50%"))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_MALFORMED));
    }
}
