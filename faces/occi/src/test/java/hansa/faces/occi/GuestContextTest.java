package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Bytes;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestContextTest {

    private static final Model MODEL = Model.builder()
            .add(Core.extension(Profile.COMPATIBLE))
            .add(Infrastructure.extension(Profile.COMPATIBLE))
            .build();

    private static Wish wish(Map<String, String> attributes) {
        Map<String, AttributeValue> values = attributes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> AttributeValue.of(each.getValue())));
        return new Wish(
                MODEL.kind(Infrastructure.COMPUTE).orElseThrow(),
                Optional.empty(),
                values,
                List.of(),
                List.of(),
                Set.of(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            occi.compute.userdata           | I2Nsb3VkLWNvbmZpZwo=
            org.openstack.compute.user_data | I2Nsb3VkLWNvbmZpZwo=
            occi.compute.userdata           | I2Nsb3VkLWNvbmZpZwo
            occi.compute.userdata           | I2Nsb3Vk LWNvbmZp Zwo=
            """)
    void userDataIsDecodedWhicheverMixinItCameIn(String attribute, String encoded) {
        assertThat(GuestContext.userData(wish(Map.of(attribute, encoded)))).contains(Bytes.utf8("#cloud-config\n"));
    }

    @Test
    void theUrlAlphabetIsReadToo() {
        assertThat(GuestContext.userData(wish(Map.of("occi.compute.userdata", "-_-_"))))
                .contains(Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xbf}));
    }

    @ParameterizedTest
    @CsvSource({"#!/bin/sh", "A", "ä"})
    void whatIsNotBase64IsRefusedWithALineThatSaysWhatToDo(String text) {
        assertThatThrownBy(() -> GuestContext.userData(wish(Map.of("occi.compute.userdata", text))))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID))
                .hasMessage(
                        "The attribute occi.compute.userdata is not base64; encode the user data, for example with base64 -w0.");
    }

    @Test
    void keysOfBothMixinsCountOnce() {
        assertThat(GuestContext.sshKeys(wish(Map.of(
                        "occi.credentials.ssh.publickey",
                        "ssh-ed25519 AAAA user\n",
                        "org.openstack.credentials.publickey.data",
                        "ssh-ed25519 AAAA user"))))
                .containsExactly("ssh-ed25519 AAAA user");
    }
}
