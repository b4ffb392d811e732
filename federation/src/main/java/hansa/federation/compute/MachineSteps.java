package hansa.federation.compute;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Volumes;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.images.Images;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes single steps at a machine's cloud, and writes down what came of them or why they were given up. */
final class MachineSteps {

    private final MachineWriter writer;
    private final MachineOrders orders;
    private final MachineAccounts accounts;
    private final CloudAccess clouds;
    private final Images images;
    private final MachineMoves moves;

    MachineSteps(
            MachineWriter writer,
            MachineOrders orders,
            MachineAccounts accounts,
            CloudAccess clouds,
            Images images,
            MachineMoves moves) {
        this.moves = moves;
        this.writer = writer;
        this.orders = orders;
        this.accounts = accounts;
        this.clouds = clouds;
        this.images = images;
    }

    /** What came of a step that was not refused. */
    sealed interface Taken {

        /** It was done; the answer is the machine, where the cloud told of it in the same breath. */
        record Moved(Optional<RemoteMachine> answer) implements Taken {}

        /** The link has to wait; other things need not. */
        record Blocked(LinkId link) implements Taken {}

        record Waits() implements Taken {}

        record Nothing() implements Taken {}

        record Gone() implements Taken {}
    }

    private static final Taken MOVED = new Taken.Moved(Optional.empty());

    Taken take(Row<Machine, MachineWork> row, Step step) {
        MachineId id = row.resource().id();
        CloudName cloud = row.resource().cloud();
        return switch (step) {
            case Step.Create _ -> create(row);
            case Step.Adopt _ ->
                new Taken.Moved(Optional.of(clouds.call(
                        cloud,
                        Adoption.class,
                        "adopt",
                        adoption -> adoption.adopt(remote(row), row.work().token()))));
            case Step.Power(PowerAction action) -> power(row, action);
            case Step.Restart(PowerAction action) -> restart(row, action);
            case Step.PlugNic(LinkId link) -> plugNic(row, link);
            case Step.PlugVolume(LinkId link) -> plugVolume(row, link);
            case Step.UnplugNic(LinkId link, RemoteId nic) -> {
                RemoteId machine = remote(row);
                clouds.call(cloud, Networks.class, "unplug-nic", networks -> done(() -> networks.detach(machine, nic)));
                writer.change(id, (_, edit) -> edit.drop(link));
                yield MOVED;
            }
            case Step.UnplugVolume(LinkId link, RemoteId volume) -> {
                RemoteId machine = remote(row);
                clouds.call(
                        cloud, Volumes.class, "unplug-volume", volumes -> done(() -> volumes.detach(machine, volume)));
                writer.change(id, (_, edit) -> edit.drop(link));
                yield MOVED;
            }
            case Step.DropLink(LinkId link) -> {
                writer.change(id, (_, edit) -> edit.drop(link));
                yield MOVED;
            }
            case Step.Resize _ -> resize(row);
            case Step.Capture(MachineWork.Capture capture) -> capture(row, capture);
            case Step.Delete _ -> {
                RemoteId machine = remote(row);
                clouds.call(cloud, "delete", opened -> done(() -> opened.delete(machine)));
                yield MOVED;
            }
            case Step.Forget _ -> {
                writer.forget(id);
                yield new Taken.Gone();
            }
            case Step.Await _ -> {
                quiet(row);
                yield new Taken.Waits();
            }
            case Step.Rest _ -> new Taken.Nothing();
        };
    }

    private static boolean done(Runnable call) {
        call.run();
        return true;
    }

    private static RemoteId remote(Row<Machine, MachineWork> row) {
        return row.work().remote().orElseThrow();
    }

    private Taken create(Row<Machine, MachineWork> row) {
        Machine machine = row.resource();
        switch (orders.order(machine, row.work())) {
            case Readiness.Ready<MachineOrder>(MachineOrder order) -> {
                rememberVolumes(machine, order);
                MachineOrder named = order.inNameOf(accounts.forNew(row));
                moves.asking(row);
                Instant asked = writer.now();
                RemoteMachine made = create(machine.cloud(), named, HostWishes.of(row.work()));
                clouds.made(machine.cloud(), asked, made.created(), writer.now());
                return new Taken.Moved(Optional.of(made));
            }
            case Readiness.NotYet<MachineOrder>(String why) -> {
                trouble(machine.id(), why);
                return new Taken.Waits();
            }
            case Readiness.Never<MachineOrder>(String why) -> {
                giveUp(row, new Step.Create(), why);
                return new Taken.Nothing();
            }
        }
    }

    private RemoteMachine create(CloudName cloud, MachineOrder order, Optional<HostGroup> group) {
        return group.map(wanted ->
                        clouds.call(cloud, HostAffinity.class, "create", affinity -> affinity.create(order, wanted)))
                .orElseGet(() -> clouds.call(cloud, "create", opened -> opened.create(order)));
    }

    /** Without the cloud's ids of the volumes, the disks of the new machine could not be told apart. */
    private void rememberVolumes(Machine machine, MachineOrder order) {
        if (order.volumes().isEmpty()) {
            return;
        }
        List<VolumeLink> links = MachineOrders.wanted(machine);
        writer.change(machine.id(), (_, edit) -> {
            for (int i = 0; i < links.size(); i++) {
                RemoteId volume = order.volumes().get(i);
                edit.plugs.computeIfPresent(links.get(i).id(), (_, plug) -> plug.withTarget(volume));
            }
        });
    }

    private Taken power(Row<Machine, MachineWork> row, PowerAction action) {
        RemoteId machine = remote(row);
        clouds.call(row.resource().cloud(), verb(action), opened -> done(() -> opened.power(machine, action)));
        return MOVED;
    }

    private static String verb(PowerAction action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Taken restart(Row<Machine, MachineWork> row, PowerAction action) {
        power(row, action);
        long wish = row.work().wish();
        writer.change(row.resource().id(), (_, edit) -> {
            if (edit.wish == wish) {
                edit.restart = Optional.empty();
            }
        });
        return MOVED;
    }

    private Taken plugNic(Row<Machine, MachineWork> row, LinkId id) {
        Machine machine = row.resource();
        NicLink link = machine.nics().stream()
                .filter(nic -> nic.id().equals(id))
                .findFirst()
                .orElseThrow();
        switch (orders.nic(link, row.work())) {
            case Readiness.Ready<NicOrder>(NicOrder order) -> {
                RemoteId remote = remote(row);
                clouds.call(machine.cloud(), Networks.class, "plug-nic", networks -> networks.attach(remote, order));
                return MOVED;
            }
            case Readiness.NotYet<NicOrder> _ -> {
                return new Taken.Blocked(id);
            }
            case Readiness.Never<NicOrder>(String why) -> {
                giveUp(row, new Step.PlugNic(id), why);
                return MOVED;
            }
        }
    }

    private Taken plugVolume(Row<Machine, MachineWork> row, LinkId id) {
        Machine machine = row.resource();
        VolumeLink link = machine.volumes().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        switch (orders.volume(link)) {
            case Readiness.Ready<RemoteId>(RemoteId volume) -> {
                RemoteId remote = remote(row);
                Optional<String> device =
                        Optional.ofNullable(row.work().plugs().get(id)).flatMap(Plug::device);
                clouds.call(
                        machine.cloud(),
                        Volumes.class,
                        "plug-volume",
                        volumes -> volumes.attach(remote, volume, device));
                writer.change(
                        machine.id(),
                        (_, edit) -> edit.plugs.computeIfPresent(id, (_, plug) -> plug.withTarget(volume)));
                return MOVED;
            }
            case Readiness.NotYet<RemoteId> _ -> {
                return new Taken.Blocked(id);
            }
            case Readiness.Never<RemoteId>(String why) -> {
                giveUp(row, new Step.PlugVolume(id), why);
                return MOVED;
            }
        }
    }

    private Taken resize(Row<Machine, MachineWork> row) {
        Machine machine = row.resource();
        RemoteId remote = remote(row);
        Optional<RemoteId> flavour = orders.flavour(machine);
        RemoteMachine resized = clouds.call(
                machine.cloud(),
                Resizing.class,
                "resize",
                resizing -> resizing.resize(remote, machine.size(), flavour));
        writer.change(machine.id(), (_, edit) -> {
            edit.actualSize = machine.size();
            edit.actualFlavour = machine.flavour();
        });
        return new Taken.Moved(Optional.of(resized));
    }

    private Taken capture(Row<Machine, MachineWork> row, MachineWork.Capture capture) {
        Machine machine = row.resource();
        RemoteId remote = remote(row);
        RemoteImage image = clouds.call(
                machine.cloud(),
                ImageStore.class,
                "capture",
                store -> store.capture(remote, capture.token(), capture.name()));
        writer.change(machine.id(), (tx, edit) -> {
            if (edit.captures.remove(capture)) {
                images.captured(tx, capture.image(), machine.cloud(), capture.token(), image);
            }
        });
        return MOVED;
    }

    /** Nothing is in the way any more. */
    void quiet(Row<Machine, MachineWork> row) {
        if (!row.work().trouble().isEmpty()) {
            trouble(row.resource().id(), "");
        }
    }

    private void trouble(MachineId id, String text) {
        writer.change(id, (_, edit) -> edit.trouble = text);
    }

    /** What becomes of the machine, and of the job, after a refusal. */
    Outcome refused(Row<Machine, MachineWork> row, Optional<Step> step, CloudException refusal, int attempt) {
        boolean leaving = row.resource().desired() == Desired.DELETED;
        boolean making = !leaving
                && row.work().stage() == MachineWork.Stage.WANTED
                && !MachineMoves.isLeaving(row)
                && step.map(Step.Create.class::isInstance).orElse(true);
        if (making && moves.refused(row, refusal, attempt)) {
            return new Outcome.Again(Duration.ZERO);
        }
        if (making && moves.isTooLate(row)) {
            giveUp(row, new Step.Create(), "no cloud had a place for it in time; at last " + why(row, refusal));
            return new Outcome.Again(Duration.ZERO);
        }
        if (leaving
                || step.isEmpty()
                || making && moves.waits(row, refusal)
                || Patience.worthAnother(refusal, attempt)) {
            String text = "The cloud '" + row.resource().cloud() + "' " + verdict(refusal) + "; trying again.";
            trouble(row.resource().id(), text);
            return new Outcome.Retry(refusal.text());
        }
        giveUp(row, step.get(), why(row, refusal));
        return new Outcome.Again(Duration.ZERO);
    }

    private static String why(Row<Machine, MachineWork> row, CloudException refusal) {
        return "the cloud '" + row.resource().cloud() + "' " + verdict(refusal);
    }

    static String verdict(CloudException refusal) {
        return switch (refusal) {
            case CloudException.Unavailable e -> "does not answer: " + e.text();
            case CloudException.NoCapacity e -> "has no room: " + e.text();
            case CloudException.QuotaExceeded e -> "has no quota left for us: " + e.text();
            case CloudException.Unauthorised e -> "does not let us: " + e.text();
            case CloudException.Conflict e -> "refuses: " + e.text();
            case CloudException.NotFound e -> "misses something: " + e.text();
            case CloudException.InvalidRequest e -> "refuses: " + e.text();
        };
    }

    private void giveUp(Row<Machine, MachineWork> row, Step step, String why) {
        long wish = row.work().wish();
        writer.change(row.resource().id(), (tx, edit) -> {
            if (edit.wish == wish) {
                edit.trouble = "";
                new GivingUp(edit, why, writer, tx).of(step);
            }
        });
    }
}
