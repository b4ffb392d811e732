package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies take several calls, and each of them may be the last one. */
final class VolumeCopiesTest {

    private final OnedServer server = Fixtures.serve();
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
    private final VolumeCopies copies = cloud.facet(VolumeCopies.class).orElseThrow();
    private RemoteId volume = new RemoteId("none");

    @BeforeEach
    void makeVolume() {
        volume = volumes.create(new Token("source"), "source", 8).id();
        await().until(() -> volumes.read(volume).state() == VolumeState.ONLINE);
    }

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private static Function<String, OnedServer.Mishap> losing(String lost) {
        return method -> method.equals(lost) ? OnedServer.Mishap.LOST_BEFORE : OnedServer.Mishap.NONE;
    }

    @Test
    void a_copy_without_its_attributes_is_found_with_all_that_counts() {
        server.happen(losing("one.image.update"));
        assertThatThrownBy(() -> copies.take(volume, new Token("c"), "copy", Kind.SNAPSHOT))
                .isInstanceOf(CloudException.Unavailable.class);
        server.happen(_ -> OnedServer.Mishap.NONE);
        RemoteVolumeCopy copy = copies.findByToken(new Token("c")).orElseThrow();
        assertThat(copy.kind()).isEqualTo(Kind.SNAPSHOT);
        assertThat(copy.volume()).isEqualTo(volume);
        assertThat(copy.name()).isEqualTo("hansa-snapshot-" + volume + "-c");
        assertThat(copies.take(volume, new Token("c"), "copy", Kind.SNAPSHOT).id())
                .isEqualTo(copy.id());
        assertThatThrownBy(() -> volumes.delete(volume)).isInstanceOf(CloudException.Conflict.class);
    }

    @Test
    void a_volume_that_was_half_made_of_a_copy_is_being_built_until_it_is_whole() {
        RemoteId copy = copies.take(volume, new Token("c"), "copy", Kind.BACKUP).id();
        await().until(() -> copies.read(copy).state() == VolumeState.ONLINE);
        for (String lost : new String[] {"one.image.persistent", "one.image.resize", "one.image.update"}) {
            server.happen(losing(lost));
            assertThatThrownBy(() -> copies.restore(copy, new Token("r"), "again", 16))
                    .as(lost)
                    .isInstanceOf(CloudException.Unavailable.class);
            assertThat(volumes.findByToken(new Token("r")).orElseThrow().state())
                    .isEqualTo(VolumeState.BUILDING);
        }
        server.happen(_ -> OnedServer.Mishap.NONE);
        RemoteId restored = copies.restore(copy, new Token("r"), "again", 16).id();
        await().until(() -> volumes.read(restored).state() == VolumeState.ONLINE);
        assertThat(volumes.read(restored).sizeMib()).isEqualTo(16);
        assertThat(volumes.read(restored).name()).isEqualTo("again");
        assertThat(volumes.list()).hasSize(2);
    }
}
