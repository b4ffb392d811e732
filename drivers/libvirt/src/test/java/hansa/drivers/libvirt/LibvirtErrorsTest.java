package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LibvirtErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "42, NotFound",
        "43, NotFound",
        "72, NotFound",
        "55, Conflict",
        "87, Conflict",
        "2, NoCapacity",
        "45, Unauthorised",
        "88, Unauthorised",
        "27, InvalidRequest",
        "67, InvalidRequest",
        "84, InvalidRequest",
        "1, Unavailable",
        "38, Unavailable",
        "9999, Unavailable",
    })
    void error_numbers_of_libvirt_are_errors_of_the_port(int code, String expected) {
        assertThat(LibvirtErrors.exception(code, "why", "start hansa-a1")
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void libvirts_words_are_kept_on_one_line_of_bounded_length() {
        CloudException error = LibvirtErrors.exception(1, "internal error:\n  process exited\t\n", "start hansa-a1");
        assertThat(error.text()).isEqualTo("libvirt: start hansa-a1: internal error: process exited");
        assertThat(LibvirtErrors.exception(1, "x".repeat(10_000), "start").text())
                .hasSizeLessThan(600);
    }

    @Test
    void a_host_without_room_is_told_from_a_fault() {
        assertThat(LibvirtErrors.exception(
                        1, "qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory", "start"))
                .isInstanceOf(CloudException.NoCapacity.class);
        assertThat(LibvirtErrors.exception(38, "cannot write: No space left on device", "save"))
                .isInstanceOf(CloudException.NoCapacity.class);
    }
}
