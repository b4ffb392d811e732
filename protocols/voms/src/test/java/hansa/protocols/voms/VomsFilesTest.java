package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that tell who a server is, and the names in them. */
final class VomsFilesTest {

    @Test
    void an_lsc_file_names_a_server_and_its_authorities() throws Exception {
        Lsc lsc = Lsc.parse("# of testvo\n/O=Hansa/CN=voms.example.org\n\n/O=Hansa/CN=CA/Email=ca@example.org\n");
        assertThat(lsc.allows(List.of("/O=Hansa/CN=voms.example.org", "/O=Hansa/CN=CA/emailAddress=ca@example.org")))
                .isTrue();
        assertThat(lsc.allows(List.of(
                        "/O=Hansa/CN=voms.example.org", "/O=Hansa/CN=CA/emailAddress=ca@example.org", "/O=Root")))
                .isTrue();
        assertThat(lsc.allows(List.of("/O=Hansa/CN=voms.example.org", "/O=Other")))
                .isFalse();
        assertThat(lsc.allows(List.of("/O=Hansa/CN=voms.example.org"))).isFalse();
        assertThat(Lsc.parse(lsc.toString())).isEqualTo(lsc);
    }

    @Test
    void an_lsc_file_may_have_several_chains() throws Exception {
        Lsc lsc = Lsc.parse("/CN=a\n/CN=ca\n------ NEXT CHAIN ------\n/CN=b\n/CN=ca\n");
        assertThat(lsc.allows(List.of("/CN=a", "/CN=ca"))).isTrue();
        assertThat(lsc.allows(List.of("/CN=b", "/CN=ca"))).isTrue();
        assertThat(lsc.allows(List.of("/CN=c", "/CN=ca"))).isFalse();
        assertThat(Lsc.parse(lsc.toString())).isEqualTo(lsc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/CN=alone", "CN=x\nCN=y", "/CN=a\n/CN=b\n--- NEXT CHAIN ---\n"})
    void what_is_no_lsc_file_is_refused(String text) {
        assertThatExceptionOfType(VomsSyntaxException.class).isThrownBy(() -> Lsc.parse(text));
    }

    @Test
    void a_line_of_vomses_is_read_and_written() throws Exception {
        String line = "\"testvo\" \"voms.example.org\" \"15000\" \"/O=Hansa/CN=voms.example.org\" \"testvo\"";
        VomsesEntry entry = VomsesEntry.parse(line + " \"24\"");
        assertThat(entry)
                .isEqualTo(
                        new VomsesEntry("testvo", "voms.example.org", 15000, "/O=Hansa/CN=voms.example.org", "testvo"));
        assertThat(entry).hasToString(line);
        assertThat(VomsesEntry.parseAll("# mine\n\n" + line + "\n")).containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "\"a\" \"b\"", "\"a\" \"b\" \"0\" \"/CN=c\" \"d\"", "\"a\" \"b\" \"x\" \"/CN=c\" \"d\""})
    void what_is_no_line_of_vomses_is_refused(String text) {
        assertThatExceptionOfType(VomsSyntaxException.class).isThrownBy(() -> VomsesEntry.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'CN=A Name,OU=x,O=Org,C=DE', /C=DE/O=Org/OU=x/CN=A Name",
        "'UID=ada,DC=example,DC=org', /DC=org/DC=example/UID=ada",
        "'CN=Zo\u00eb', /CN=Zo\\xC3\\xAB",
        "'CN=host/a.example.org', /CN=host/a.example.org",
    })
    void names_have_the_form_of_openssl(String rfc2253, String slash) {
        X500Principal name = new X500Principal(rfc2253);
        assertThat(SlashName.of(name)).isEqualTo(slash);
        assertThat(SlashName.isAmbiguous(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=a/CN=b", "CN=a/2.5.4.3=b", "CN=a+OU=b", "CN=a\\\\xC3"})
    void a_name_with_a_twin_is_known(String rfc2253) {
        assertThat(SlashName.isAmbiguous(new X500Principal(rfc2253))).isTrue();
    }

    @Test
    void the_common_name_is_the_last_one() {
        assertThat(SlashName.commonName(new X500Principal("CN=Zo\u00eb,CN=b,O=c")))
                .isEqualTo("Zo\u00eb");
        assertThat(SlashName.commonName(new X500Principal("O=c"))).isEmpty();
    }
}
