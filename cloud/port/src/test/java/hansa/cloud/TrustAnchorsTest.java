package hansa.cloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustAnchorsTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.pem");
        assertThatThrownBy(() -> TrustAnchors.context(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'trust-anchors': " + file + " cannot be read as certificates");
    }

    @Test
    void aFileWithoutCertificatesTrustsNobodyAndIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.pem"));
        assertThatThrownBy(() -> TrustAnchors.managers(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'trust-anchors': " + file + " holds no certificate");
    }
}
