package hansa.federation.compute;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.federation.compute.MachineWork.Capture;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a machine needs next: from what its owner wants and what was just seen at the cloud. Pure, so that every
 * decision can be tried without a cloud.
 */
final class Plan {

    private Plan() {}

    /**
     * @param resizeNeedsStop what the cloud says of itself, see {@link hansa.cloud.Resizing#needsStop}
     * @param waiting links that cannot be worked at now
     */
    static Step next(
            Machine machine,
            MachineWork work,
            Optional<RemoteMachine> remote,
            boolean resizeNeedsStop,
            Set<LinkId> waiting) {
        if (machine.desired() == Desired.DELETED) {
            return remote.filter(there -> !isSomebodyElses(work, there))
                    .map(there -> takeDown(work, there))
                    .orElseGet(Step.Forget::new);
        }
        if (work.stage() == Stage.FOUND && remote.isPresent()) {
            return new Step.Adopt();
        }
        return remote.map(there -> bringAbout(machine, work, there, resizeNeedsStop, waiting))
                .orElseGet(() -> work.stage() == Stage.WANTED ? new Step.Create() : new Step.Rest());
    }

    /** Another installation was quicker to adopt it. */
    private static boolean isSomebodyElses(MachineWork work, RemoteMachine remote) {
        return work.stage() == Stage.FOUND
                && remote.token().filter(token -> !token.equals(work.token())).isPresent();
    }

    private static Step takeDown(MachineWork work, RemoteMachine remote) {
        Optional<Capture> capture = work.captures().stream().findFirst();
        return switch (remote.state()) {
            case RUNNING ->
                capture.<Step>map(wanted ->
                                wanted.hot() ? new Step.Capture(wanted) : new Step.Power(PowerAction.SHUTDOWN))
                        .orElseGet(Step.Delete::new);
            case STOPPED, PAUSED, SAVED -> capture.<Step>map(Step.Capture::new).orElseGet(Step.Delete::new);
            // A machine that is still being captured or stopped is left to it; anything else goes at once.
            case BUSY -> capture.<Step>map(_ -> new Step.Await()).orElseGet(Step.Delete::new);
            case BUILDING, FAILED -> new Step.Delete();
        };
    }

    private static Step bringAbout(
            Machine machine, MachineWork work, RemoteMachine remote, boolean resizeNeedsStop, Set<LinkId> waiting) {
        if (remote.state() == RemoteState.BUILDING || remote.state() == RemoteState.BUSY) {
            return new Step.Await();
        }
        if (remote.state() == RemoteState.FAILED) {
            return work.open() && machine.desired() == Desired.RUNNING
                    ? new Step.Power(PowerAction.START)
                    : new Step.Rest();
        }
        boolean running = remote.state() == RemoteState.RUNNING;
        Optional<Step> links = links(machine, work, remote, waiting);
        if (links.isPresent()) {
            return links.get();
        }
        Optional<Capture> capture = work.captures().stream()
                .filter(wanted -> wanted.hot() || !running)
                .findFirst();
        if (capture.isPresent()) {
            return new Step.Capture(capture.get());
        }
        if (!machine.size().equals(work.actualSize()) || !machine.flavour().equals(work.actualFlavour())) {
            return resize(remote.state(), resizeNeedsStop);
        }
        if (running && work.restart().isPresent() && machine.desired() == Desired.RUNNING) {
            return new Step.Restart(work.restart().get());
        }
        return work.open() ? power(machine.desired(), work, remote.state()) : new Step.Rest();
    }

    private static Step resize(RemoteState state, boolean needsStop) {
        return switch (state) {
            case RUNNING -> needsStop ? new Step.Power(PowerAction.SHUTDOWN) : new Step.Resize();
            case PAUSED, SAVED -> needsStop ? new Step.Power(PowerAction.POWER_OFF) : new Step.Resize();
            case STOPPED, FAILED -> new Step.Resize();
            case BUILDING, BUSY -> new Step.Await();
        };
    }

    private static Step power(Desired desired, MachineWork work, RemoteState state) {
        return switch (desired) {
            case RUNNING ->
                switch (state) {
                    case STOPPED, FAILED -> new Step.Power(PowerAction.START);
                    case PAUSED, SAVED -> new Step.Power(PowerAction.RESUME);
                    case RUNNING -> new Step.Rest();
                    case BUILDING, BUSY -> new Step.Await();
                };
            case STOPPED ->
                switch (state) {
                    case RUNNING -> new Step.Power(work.by().orElse(PowerAction.SHUTDOWN));
                    // A frozen guest cannot shut itself down.
                    case PAUSED, SAVED -> new Step.Power(PowerAction.POWER_OFF);
                    case STOPPED, FAILED -> new Step.Rest();
                    case BUILDING, BUSY -> new Step.Await();
                };
            case SUSPENDED ->
                switch (state) {
                    case RUNNING -> new Step.Power(work.by().orElse(PowerAction.PAUSE));
                    // It stopped before it could be frozen; the newest wish holds all the same.
                    case STOPPED -> new Step.Power(PowerAction.START);
                    case PAUSED, SAVED, FAILED -> new Step.Rest();
                    case BUILDING, BUSY -> new Step.Await();
                };
            case DELETED -> new Step.Delete();
        };
    }

    private static Optional<Step> links(Machine machine, MachineWork work, RemoteMachine remote, Set<LinkId> waiting) {
        for (NicLink link : machine.nics()) {
            if (link.state() == LinkState.PENDING && !waiting.contains(link.id())) {
                return Optional.of(new Step.PlugNic(link.id()));
            }
            if (link.state() == LinkState.DELETING && !waiting.contains(link.id())) {
                return Optional.of(nicOf(work.plugs().get(link.id()), remote)
                        .<Step>map(nic -> new Step.UnplugNic(link.id(), nic.id()))
                        .orElseGet(() -> new Step.DropLink(link.id())));
            }
        }
        for (VolumeLink link : machine.volumes()) {
            if (link.state() == LinkState.PENDING && !waiting.contains(link.id())) {
                return Optional.of(new Step.PlugVolume(link.id()));
            }
            if (link.state() == LinkState.DELETING && !waiting.contains(link.id())) {
                return Optional.of(Optional.ofNullable(work.plugs().get(link.id()))
                        .flatMap(Plug::target)
                        .filter(volume -> remote.volumes().stream()
                                .anyMatch(disk -> disk.volume().equals(volume)))
                        .<Step>map(volume -> new Step.UnplugVolume(link.id(), volume))
                        .orElseGet(() -> new Step.DropLink(link.id())));
            }
        }
        return Optional.empty();
    }

    /** The interface at the cloud that belongs to a link. */
    static Optional<RemoteNic> nicOf(@Nullable Plug plug, RemoteMachine remote) {
        if (plug == null) {
            return Optional.empty();
        }
        return remote.nics().stream()
                .filter(nic -> nic.token().equals(Optional.of(plug.token()))
                        || plug.nic().equals(Optional.of(nic.id())))
                .findFirst();
    }
}
