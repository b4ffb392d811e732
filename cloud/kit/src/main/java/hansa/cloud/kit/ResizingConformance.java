package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clouds that resize machines must do. */
public interface ResizingConformance extends Conformance {

    /** What the shared machine is resized to. */
    private Target target() {
        Size now = subject().size();
        if (subject().flavour().isEmpty()) {
            return new Target(new Size(now.cores() + 1, now.memoryMib() + 64, now.diskGib()), Optional.empty());
        }
        Flavour larger = subject().cloud().describe().flavours().stream()
                .filter(flavour -> flavour.size().cores() >= now.cores()
                        && flavour.size().memoryMib() > now.memoryMib()
                        && flavour.size().diskGib() >= now.diskGib())
                .min(Comparator.comparingLong(flavour -> flavour.size().memoryMib()))
                .orElseThrow(() -> new AssertionError("the cloud has no flavour that is larger than " + now));
        return new Target(larger.size(), Optional.of(larger.id()));
    }

    /** A size, and its name where the cloud sells only those. */
    record Target(Size size, Optional<RemoteId> flavour) {}

    @Test
    default void a_machine_gets_another_size_and_its_old_one_back() {
        subject().with(Resizing.class, resizing -> {
            RemoteMachine machine = resizing.needsStop()
                    ? subject().stoppedMachine()
                    : subject().runningMachine();
            Target target = target();
            resizing.resize(machine.id(), target.size(), target.flavour());
            assertSize(machine.id(), target.size());
            resizing.resize(machine.id(), target.size(), target.flavour());
            assertSize(machine.id(), target.size());
            RemoteMachine again = subject().runningMachine();
            assertThat(again.size().memoryMib()).isEqualTo(target.size().memoryMib());
            if (resizing.needsStop()) {
                subject()
                        .assertRefused(
                                CloudException.Conflict.class,
                                () -> resizing.resize(
                                        again.id(), subject().size(), subject().flavour()));
                subject().stoppedMachine();
            }
            Size back = new Size(
                    subject().size().cores(),
                    subject().size().memoryMib(),
                    target.size().diskGib());
            if (subject().flavour().isEmpty()) {
                resizing.resize(machine.id(), back, Optional.empty());
                assertSize(machine.id(), back);
            }
        });
    }

    private void assertSize(RemoteId machine, Size size) {
        subject().eventually("the machine has its new size", () -> {
            Size now = subject().cloud().read(machine).size();
            assertThat(now.cores()).isEqualTo(size.cores());
            assertThat(now.memoryMib()).isEqualTo(size.memoryMib());
        });
    }

    @Test
    default void an_unknown_machine_is_not_resized() {
        subject().with(Resizing.class, resizing -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000006");
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> resizing.resize(
                                    unknown, subject().size(), subject().flavour()));
        });
    }
}
