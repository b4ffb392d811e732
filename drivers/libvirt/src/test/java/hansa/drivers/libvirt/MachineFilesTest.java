package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineFilesTest {

    @TempDir
    private Path folder;

    @Test
    void a_machine_in_the_making_is_known_as_such_until_it_is_finished() throws IOException {
        MachineFiles files = new MachineFiles(folder.resolve("a1"));
        assertThat(files.isInTheMaking()).isFalse();
        files.begin();
        Files.writeString(files.root(), "half a disk");
        assertThat(files.isInTheMaking()).isTrue();
        assertThat(files.isHalf()).isTrue();

        files.begin();
        assertThat(files.root()).as("what an earlier attempt left").doesNotExist();
        files.finished();
        files.finished();
        assertThat(files.isHalf()).isFalse();
        assertThat(files.console()).exists();
    }

    @Test
    void a_machine_that_was_given_up_is_known_as_such_until_nothing_is_left() throws IOException {
        MachineFiles files = new MachineFiles(folder.resolve("a1"));
        files.begin();
        files.finished();
        files.giveUp();
        assertThat(files.isHalf()).isTrue();
        files.delete();
        assertThat(files.folder()).doesNotExist();
        files.delete();
        files.giveUp();
        assertThat(files.folder()).doesNotExist();
    }
}
