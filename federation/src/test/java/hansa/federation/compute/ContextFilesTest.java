package hansa.federation.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Bytes;
import hansa.kernel.base.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextFilesTest {

    private static final Pattern PART = Pattern.compile(
            "--=_hansa_=\nContent-Type: (\\S+)\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n((?:\\S.*\n)*)\n([A-Za-z0-9+/=\n]+)");

    private static ContextFile file(String path, String content) {
        return new ContextFile(path, Bytes.utf8(content), ContextFile.READABLE, "");
    }

    private static List<String> parts(Optional<Bytes> userData) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(userData.orElseThrow().asUtf8());
        while (part.find()) {
            String content = new String(Base64.getMimeDecoder().decode(part.group(3)), StandardCharsets.UTF_8);
            parts.add(part.group(1) + "|" + part.group(2).strip() + "|" + content);
        }
        return parts;
    }

    @Test
    void without_files_user_data_stays_as_it_is() {
        Optional<Bytes> script = Optional.of(Bytes.utf8("#!/bin/sh\n"));
        assertThat(ContextFiles.with(script, List.of())).isEqualTo(script);
        assertThat(ContextFiles.with(Optional.empty(), List.of())).isEmpty();
    }

    @Test
    void files_come_behind_the_owners_own_part() {
        Optional<Bytes> whole = ContextFiles.with(
                Optional.of(Bytes.utf8("#!/bin/sh\necho hello\n")),
                List.of(
                        file("/etc/motd", "welcome"),
                        new ContextFile("/root/\"key\"", Bytes.utf8("secret"), "600", "root:root")));
        assertThat(whole.orElseThrow().asUtf8())
                .startsWith("Content-Type: multipart/mixed; boundary=\"=_hansa_=\"\nMIME-Version: 1.0\n\n--=_hansa_=\n")
                .endsWith("\n--=_hansa_=--\n");
        assertThat(parts(whole))
                .containsExactly(
                        "text/x-shellscript||#!/bin/sh\necho hello\n",
                        "text/cloud-config|Merge-Type: list(append)+dict(no_replace,recurse_list)+str()|#cloud-config\n"
                                + "{\"write_files\":[{\"path\":\"/etc/motd\",\"encoding\":\"b64\",\"content\":\"d2VsY29tZQ==\","
                                + "\"permissions\":\"0644\"},{\"path\":\"/root/\\\"key\\\"\",\"encoding\":\"b64\",\"content\":"
                                + "\"c2VjcmV0\",\"permissions\":\"600\",\"owner\":\"root:root\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "#cloud-config, text/cloud-config",
        "#include, text/plain",
        "## template: jinja, text/plain",
        "nothing in particular, text/plain"
    })
    void the_owners_part_has_its_type(String begins, String type) {
        assertThat(parts(ContextFiles.with(Optional.of(Bytes.utf8(begins)), List.of(file("/a", "b")))))
                .first()
                .isEqualTo(type + "||" + begins);
    }

    @Test
    void a_message_of_parts_is_taken_in_as_it_is() {
        String own = "Content-Type: multipart/mixed; boundary=\"mine\"\nMIME-Version: 1.0\n\n--mine\n--mine--";
        assertThat(ContextFiles.with(Optional.of(Bytes.utf8(own)), List.of(file("/a", "b")))
                        .orElseThrow()
                        .asUtf8())
                .contains("\n--=_hansa_=\n" + own + "\n--=_hansa_=\n");
    }

    @Test
    void what_can_be_packed_is_packed() {
        assertThat(ContextFiles.with(Optional.empty(), List.of(file("/a", "x".repeat(500_000))))
                        .orElseThrow()
                        .size())
                .isLessThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/motd", "/", "/etc/", "/etc/../shadow", "/a/./b", "/a\nb", ""})
    void a_path_is_absolute_and_plain(String path) {
        assertThatThrownBy(() -> file(path, "x")).isInstanceOf(Failure.class).hasMessageContaining("absolute path");
    }

    @Test
    void the_rest_of_a_file_is_checked_too() {
        assertThatThrownBy(() -> new ContextFile("/a", Bytes.utf8(""), "rw", ""))
                .hasMessageContaining("octal");
        assertThatThrownBy(() -> new ContextFile("/a", Bytes.utf8(""), "0644", "a b"))
                .hasMessageContaining("owner");
    }

    @Test
    void there_is_an_end_to_files() {
        byte[] noise = new byte[60_000];
        new Random(3).nextBytes(noise);
        assertThatThrownBy(() -> ContextFiles.with(
                        Optional.empty(), List.of(new ContextFile("/a", Bytes.of(noise), "0644", ""))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("together have at most 65536 bytes");
        assertThatThrownBy(() -> ContextFiles.with(Optional.empty(), List.of(file("/a", "x"), file("/a", "y"))))
                .hasMessageContaining("named twice");
        List<ContextFile> many = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            many.add(file("/f" + i, "x"));
        }
        assertThatThrownBy(() -> ContextFiles.with(Optional.empty(), many)).hasMessageContaining("at most 16 files");
    }
}
