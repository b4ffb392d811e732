package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WhereaboutsTest {

    private static Xml domain() {
        return DomainXml.domain(DomainXmlTest.spec(false, List.of(), List.of()));
    }

    @Test
    void what_was_noted_is_known_again_after_a_restart_with_all_that_tells_a_machine(@TempDir Path folder) {
        Path file = folder.resolve("placed.xml");
        Whereabouts before = new Whereabouts();
        before.put("hansa-x", "b", file, domain());

        Whereabouts after = new Whereabouts();
        after.load(List.of(file, folder.resolve("not-there.xml")));
        Whereabouts.Known known = after.of(domain().childText("name")).orElseThrow();
        assertThat(known.host()).isEqualTo("b");
        DomainInfo info = DomainInfo.of(known.xml()).orElseThrow();
        DomainInfo whole = DomainInfo.of(domain()).orElseThrow();
        assertThat(info.token()).isEqualTo(whole.token());
        assertThat(info.name()).isEqualTo(whole.name());
        assertThat(info.size()).isEqualTo(whole.size());
        assertThat(info.created()).isEqualTo(whole.created());
        assertThat(info.volumes()).isEqualTo(whole.volumes());
        assertThat(info.interfaces()).isEqualTo(whole.interfaces());
    }

    @Test
    void a_file_is_written_again_only_where_something_changed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("placed.xml");
        Whereabouts whereabouts = new Whereabouts();
        whereabouts.saw("m", "a", file, domain());
        assertThat(Files.readString(file)).contains("host='a'");
        Files.delete(file);
        whereabouts.saw("m", "a", file, domain());
        assertThat(file).doesNotExist();
        whereabouts.saw("m", "b", file, domain());
        assertThat(Files.readString(file)).contains("host='b'");
    }

    @Test
    void a_machine_whose_folder_is_gone_stays_forgotten(@TempDir Path folder) {
        Path file = folder.resolve("deleted/placed.xml");
        Whereabouts whereabouts = new Whereabouts();
        whereabouts.saw("m", "a", file, domain());
        assertThat(whereabouts.of("m")).isEmpty();
    }

    @Test
    void a_damaged_file_hides_nothing_else(@TempDir Path folder) throws Exception {
        Path damaged = Files.writeString(folder.resolve("one.xml"), "<placed");
        Path empty = Files.writeString(folder.resolve("two.xml"), "<placed host='a'/>");
        Path whole = folder.resolve("three.xml");
        new Whereabouts().put("m", "a", whole, domain());
        Whereabouts whereabouts = new Whereabouts();
        whereabouts.load(List.of(damaged, empty, whole));
        assertThat(whereabouts.all()).hasSize(1);
    }
}
