package hansa.protocols.occi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OcciVersionTest {
    @Test
    void versionsAreFoundAmongOtherProducts() {
        assertThat(OcciVersion.parseAll("occi-client/1.1 (linux) libcurl/7.19.4 OCCI/1.1"))
                .containsExactly(OcciVersion.V1_1);
        assertThat(OcciVersion.parseAll("x OCCI/1.1 OCCI/1.2 OCCI-CRTP/1.1 MYOCCI/3.0"))
                .containsExactly(OcciVersion.V1_1, OcciVersion.V1_2);
        assertThat(OcciVersion.highest("OCCI/1.2 OCCI/1.1")).contains(OcciVersion.V1_2);
    }

    @Test
    void malformedVersionsAreNone() {
        assertThat(OcciVersion.parseAll("OCCI/ OCCI/1 OCCI/1. OCCI/.1 OCCI/a.b OCCI/99999.1"))
                .isEmpty();
        assertThat(OcciVersion.highest("curl/8")).isEmpty();
    }

    @Test
    void theyCompareByNumber() {
        assertThat(new OcciVersion(1, 10)).isGreaterThan(OcciVersion.V1_2);
        assertThat(new OcciVersion(2, 0)).isGreaterThan(new OcciVersion(1, 10));
    }

    @Test
    void theServerSaysWhatItSpeaks() {
        assertThat(OcciVersion.serverHeader("hansa/0.1.0", Profile.COMPATIBLE))
                .isEqualTo("hansa/0.1.0 OCCI/1.1 OCCI/1.2 OCCI-CRTP/1.1");
        assertThat(OcciVersion.serverHeader("hansa/0.1.0", Profile.STRICT))
                .isEqualTo("hansa/0.1.0 OCCI/1.2 OCCI-CRTP/1.1");
    }
}
