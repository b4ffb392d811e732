package hansa.drivers.occi;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A compute in the words of the port (GFD.224, Compute). */
final class MachineView {

    static final String CORES = "occi.compute.cores";
    static final String MEMORY = "occi.compute.memory";
    private static final String STATE = "occi.compute.state";
    private static final String MESSAGE = "occi.compute.state.message";
    private static final String GOING = "being deleted";

    /** OCCI does not tell when a machine was made. */
    private static final Instant UNKNOWN = Instant.EPOCH;

    private MachineView() {}

    /** @param account in whose name it is; empty = the federation's own */
    static RemoteMachine of(Peer peer, RemoteId id, OcciMessage compute, Optional<String> account) {
        Marks marks = peer.marks();
        RemoteState state = state(peer.dialect(), compute);
        return new RemoteMachine(
                id,
                marks.tokenOf(id.value(), compute),
                marks.nameOf(id.value(), compute),
                state,
                state == RemoteState.RUNNING ? "" : message(compute),
                size(peer, compute),
                LinkView.nics(marks, compute),
                LinkView.disks(compute),
                UNKNOWN,
                account);
    }

    private static String message(OcciMessage compute) {
        return compute.text(MESSAGE).map(Refusals::oneLine).orElse("");
    }

    static RemoteState state(Dialect dialect, OcciMessage compute) {
        return switch (compute.text(STATE).orElse("")) {
            case "active" -> RemoteState.RUNNING;
            case "inactive" -> inactive(dialect, compute);
            // OCCI has one word for both ways of freezing.
            case "suspended" -> dialect.off() == Dialect.Off.SUSPENDED ? RemoteState.STOPPED : RemoteState.PAUSED;
            case "error" -> RemoteState.FAILED;
            case "waiting" -> RemoteState.BUILDING;
            default -> RemoteState.BUSY;
        };
    }

    private static RemoteState inactive(Dialect dialect, OcciMessage compute) {
        boolean tells = dialect.showsWhatIsBusy() || dialect.off() == Dialect.Off.SUSPENDED;
        boolean busy = tells && compute.links().stream().noneMatch(LinkReference::isAction);
        if (!busy) {
            return RemoteState.STOPPED;
        }
        return message(compute).startsWith(GOING) ? RemoteState.BUSY : RemoteState.BUILDING;
    }

    private static Size size(Peer peer, OcciMessage compute) {
        Optional<Size> flavour = compute.categories().stream()
                .map(CategoryReference::id)
                .map(peer.categories()::get)
                .flatMap(known -> Optional.ofNullable(known).stream())
                .flatMap(template -> Flavours.size(template, Map.of()).stream())
                .findFirst();
        Optional<Long> cores = Entities.number(compute, CORES).map(BigDecimal::longValue);
        Optional<Long> memory = Entities.number(compute, MEMORY)
                .map(number -> switch (peer.dialect().memory()) {
                    case GIB -> Entities.mibOfGib(number);
                    case MIB -> number.longValue();
                });
        return Flavours.size(
                        cores.orElseGet(() -> flavour.map(Size::cores).orElse(1).longValue()),
                        memory.orElseGet(() -> flavour.map(Size::memoryMib).orElse(16L)),
                        flavour.map(Size::diskGib).orElse(0L))
                .orElseGet(() -> new Size(1, 16, 0));
    }
}
