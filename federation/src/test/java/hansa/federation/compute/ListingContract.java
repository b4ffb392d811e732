package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.Installation;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists, filters, tags and concurrent changes, on either database. */
abstract class ListingContract {

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private MachineService machines;
    private TagService tags;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        machines = node.federation().machines();
        tags = node.federation().tags();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private MachineId machine(String title, String flavour) {
        return machines.create(ALICE, NewMachine.of(title, new ImageId("tiny"), new FlavourId(flavour)))
                .id();
    }

    private static List<String> ids(List<Stamp> stamps) {
        return stamps.stream().map(Stamp::id).toList();
    }

    @Test
    void pagesComeInTheOrderOfCreationWithoutGapsOrRepetition() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            made.add(machine("m" + i, "small").value());
        }
        List<String> read = new ArrayList<>();
        List<Stamp> page = machines.stamps(ALICE, Filter.ALL, Page.first(7));
        while (!page.isEmpty()) {
            read.addAll(ids(page));
            page = machines.stamps(ALICE, Filter.ALL, Page.after(page.getLast().id(), 7));
        }
        assertThat(read).isEqualTo(made);
        assertThat(ids(machines.stamps(ALICE, Filter.ALL, Page.at(20, 100)))).isEqualTo(made.subList(20, 25));
        assertThat(machines.count(ALICE, Filter.ALL)).isEqualTo(25);
        assertThat(machines.count(BOB, Filter.ALL)).isZero();
        assertThat(ids(machines.stamps(OPERATOR, Filter.ALL, Page.first(100)))).isEqualTo(made);
    }

    @Test
    void filtersByColumnsAndByValues() {
        MachineId small = machine("a", "small");
        MachineId large = machine("b", "large");
        assertThat(ids(machines.stamps(ALICE, Filter.title("b"), Page.first(10))))
                .containsExactly(large.value());
        assertThat(ids(machines.stamps(ALICE, where(Attribute.CORES, "1"), Page.first(10))))
                .containsExactly(small.value());
        assertThat(machines.count(ALICE, where(Attribute.MEMORY_MIB, "4096"))).isEqualTo(1);
        assertThat(machines.count(ALICE, where(Attribute.SIZE_MIB, "1"))).isZero();
        Filter flavour = new Filter(
                Optional.empty(),
                Optional.of(new ImageId("tiny")),
                Optional.of(new FlavourId("large")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Installation.SIM),
                Optional.empty(),
                Map.of());
        assertThat(ids(machines.stamps(ALICE, flavour, Page.first(10)))).containsExactly(large.value());
    }

    private static Filter where(Attribute attribute, String value) {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(attribute, value));
    }

    @Test
    void tagsMarkMachinesVolumesAndLinks() {
        String blue = "http://example.org/tags#blue";
        tags.create(ALICE, blue, "Blue", "/tags/blue/", Optional.empty());
        MachineId machine = machine("a", "small");
        VolumeId volume =
                node.federation().volumes().create(ALICE, NewVolume.of("v", 16)).id();
        VolumeLink link = node.federation().links().addVolume(ALICE, machine, NewVolumeLink.of(volume));
        Member linked = new Member(Member.Kind.VOLUME_LINK, link.id().value());
        tags.add(ALICE, blue, List.of(Member.of(machine), Member.of(volume), linked));
        assertThat(machines.get(ALICE, machine).tags()).containsExactly(blue);
        assertThat(node.federation().links().volumeLink(ALICE, link.id()).tags())
                .containsExactly(blue);
        assertThat(ids(machines.stamps(ALICE, Filter.tag(blue), Page.first(10))))
                .containsExactly(machine.value());
        assertThat(ids(node.federation().links().volumeLinkStamps(ALICE, Filter.tag(blue), Page.first(10))))
                .containsExactly(link.id().value());
        assertThat(tags.members(ALICE, blue, Page.first(10)))
                .containsExactlyInAnyOrder(Member.of(machine), Member.of(volume), linked);

        tags.replace(ALICE, blue, List.of(Member.of(volume)));
        assertThat(machines.get(ALICE, machine).tags()).isEmpty();
        tags.delete(ALICE, blue);
        assertThat(node.federation().volumes().get(ALICE, volume).tags()).isEmpty();
        assertThatThrownBy(() -> tags.get(ALICE, blue))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CATEGORY_UNKNOWN));
    }

    @Test
    void tagsBelongToTheirOwners() {
        String blue = "http://example.org/tags#blue";
        tags.create(ALICE, blue, "Blue", "/tags/blue/", Optional.empty());
        MachineId machine = machine("a", "small");
        assertThatThrownBy(() -> tags.add(BOB, blue, List.of(Member.of(machine))))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> tags.create(BOB, blue, "", "/other/", Optional.empty()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXISTS));
        assertThatThrownBy(() -> machines.update(
                        ALICE,
                        machine,
                        new MachineChange(
                                Optional.of("new"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Set.of("http://example.org/tags#green"),
                                Set.of()),
                        OptionalLong.empty()))
                .isInstanceOf(Failure.class);
        assertThat(machines.get(ALICE, machine).title()).isEqualTo("a");
    }

    @Test
    void oneOfTwoChangesOfTheSameGenerationWins() {
        MachineId id = machine("a", "small");
        Awaitility.await().until(() -> machines.get(ALICE, id).state() == MachineState.ACTIVE);
        long generation = machines.stamp(ALICE, id).generation();
        List<Object> outcomes = Stream.of("left", "right")
                .parallel()
                .map(title -> {
                    try {
                        return (Object)
                                machines.update(ALICE, id, MachineChange.title(title), OptionalLong.of(generation));
                    } catch (Failure e) {
                        return e.code();
                    }
                })
                .toList();
        assertThat(outcomes).filteredOn(ErrorCode.class::isInstance).containsExactly(ErrorCode.RESOURCE_CHANGED);
        assertThat(outcomes).filteredOn(Machine.class::isInstance).hasSize(1);
    }

    @Test
    void putMakesAndThenChanges() {
        MachineId id = new MachineId("chosen");
        NewMachine wanted = NewMachine.of("first", new ImageId("tiny"), new FlavourId("small"));
        assertThat(machines.replace(ALICE, id, wanted).created()).isTrue();
        Placed<Machine> second =
                machines.replace(ALICE, id, NewMachine.of("second", new ImageId("tiny"), new FlavourId("small")));
        assertThat(second.created()).isFalse();
        assertThat(second.resource().title()).isEqualTo("second");
        assertThatThrownBy(() -> machines.replace(
                        ALICE, id, NewMachine.of("third", new ImageId("debian12"), new FlavourId("small"))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ATTRIBUTE_IMMUTABLE));
    }

    @Test
    void actionsOnManyAreAllOrNothing() {
        MachineId one = machine("a", "small");
        MachineId two = machine("b", "small");
        Awaitility.await()
                .until(() -> machines.getAll(ALICE, List.of(one, two)).stream()
                        .allMatch(machine -> machine.state() == MachineState.ACTIVE));
        MachineAction stop = new MachineAction.Stop(MachineAction.StopMethod.POWEROFF);
        assertThatThrownBy(() -> machines.actAll(ALICE, List.of(one, new MachineId("missing")), stop))
                .isInstanceOf(Failure.class);
        assertThat(machines.get(ALICE, one).desired()).isEqualTo(Desired.RUNNING);
        assertThat(machines.actAll(ALICE, List.of(one, two), stop)).hasSize(2);
        Awaitility.await()
                .until(() -> machines.getAll(ALICE, List.of(one, two)).stream()
                        .allMatch(machine -> machine.state() == MachineState.INACTIVE));
    }
}
