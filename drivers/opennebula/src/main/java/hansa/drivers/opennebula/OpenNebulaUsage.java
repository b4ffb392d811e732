package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import hansa.protocols.opennebula.HistoryRecord;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VirtualMachine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounting records of the account's machines. Each holds the machine as it was when the record was closed, with its token;
 * one that goes on holds it as it was when the record was opened, so that the machines that are there are asked too.
 */
final class OpenNebulaUsage implements UsageHistory {

    private static final Value OWN = Value.of(-3);
    private static final Value OPEN_END = Value.of(-1);
    private static final Size UNKNOWN = new Size(1, 16, 0);

    private final Rpc rpc;
    private final Account account;

    OpenNebulaUsage(Rpc rpc, Account account) {
        this.rpc = rpc;
        this.account = account;
    }

    @Override
    public List<RemoteUsage> usage(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new CloudException.InvalidRequest("a time ends after it begins, and " + to + " is not after " + from);
        }
        List<HistoryRecord> records = rpc
                .document(
                        HistoryRecord::all,
                        "one.vmpool.accounting",
                        OWN,
                        second(from.getEpochSecond() - 1),
                        second(to.getEpochSecond() + 1))
                .stream()
                .filter(record -> overlaps(record, from, to))
                .toList();
        boolean asks = records.stream().anyMatch(record -> record.ended().isEmpty());
        Map<Integer, Optional<Token>> there = asks ? tokens() : Map.of();
        return records.stream()
                .flatMap(record -> token(record, there).map(token -> usage(record, token)).stream())
                .toList();
    }

    /** OpenNebula takes whole seconds of 32 bits, and -1 for an open end; what is asked for too much is left out here. */
    private static Value second(long second) {
        return second < 0 || second > Integer.MAX_VALUE ? OPEN_END : Value.of(second);
    }

    private static boolean overlaps(HistoryRecord record, Instant from, Instant to) {
        return !record.began().equals(Instant.EPOCH)
                && record.began().isBefore(to)
                && record.ended().map(from::isBefore).orElse(true);
    }

    /** Of a machine that is there, what it carries now: it may have been adopted or released since the record was opened. */
    private static Optional<Token> token(HistoryRecord record, Map<Integer, Optional<Token>> there) {
        Optional<Token> recorded = Marks.tokenOf(record.userTemplate());
        return record.ended().isPresent() ? recorded : there.getOrDefault(record.machine(), recorded);
    }

    private Map<Integer, Optional<Token>> tokens() {
        Map<Integer, Optional<Token>> tokens = new HashMap<>();
        for (VirtualMachine vm : account.machines()) {
            tokens.put(vm.id(), Marks.tokenOf(vm.userTemplate()));
        }
        return tokens;
    }

    private static RemoteUsage usage(HistoryRecord record, Token token) {
        return new RemoteUsage(
                MachineView.id(record.machine()),
                Optional.of(token),
                Marks.nameOf(record.userTemplate(), record.name()),
                MachineView.size(record.template()).orElse(UNKNOWN),
                record.began(),
                record.ended());
    }
}
