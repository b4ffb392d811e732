package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireTest {

    @ParameterizedTest
    @CsvSource({
        "https://ec2.eu-central-1.amazonaws.com/, ec2.eu-central-1.amazonaws.com",
        "https://cloud.example.org:443/x, cloud.example.org",
        "https://cloud.example.org:8773/services/compute, cloud.example.org:8773",
        "http://127.0.0.1:80/, 127.0.0.1",
        "http://[::1]:443/, [::1]:443"
    })
    void the_host_is_signed_as_it_is_sent(URI endpoint, String host) {
        assertThat(Wire.host(endpoint)).isEqualTo(host);
    }
}
