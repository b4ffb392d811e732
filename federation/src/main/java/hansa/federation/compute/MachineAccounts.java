package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.federation.accounts.LocalAccounts;
import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;

/** Finds the account of a cloud in whose name a machine is made there. */
final class MachineAccounts {

    private final MachineWriter writer;
    private final LocalAccounts accounts;

    MachineAccounts(MachineWriter writer, LocalAccounts accounts) {
        this.writer = writer;
        this.accounts = accounts;
    }

    /**
     * Chooses the account, writes it down with the machine, and then sees to it that it is at the cloud: whatever ends
     * in between, the next try finds the same one.
     *
     * @return empty = the federation's own
     * @throws CloudException why it cannot be had
     */
    Optional<String> forNew(Row<Machine, MachineWork> row) {
        Machine machine = row.resource();
        if (machine.vo().isEmpty()) {
            return Optional.empty();
        }
        String vo = machine.vo().get();
        Optional<String> account = machine.account().isPresent() ? machine.account() : chosen(row, vo);
        account.ifPresent(name -> accounts.prepare(machine.owner(), vo, machine.cloud(), name));
        return account;
    }

    private Optional<String> chosen(Row<Machine, MachineWork> row, String vo) {
        Machine machine = row.resource();
        List<Fqan> fqans = row.work().course().flatMap(Course::fqans).orElse(List.of());
        Optional<String> account = accounts.choose(
                machine.owner(), fqans, vo, machine.cloud(), machine.id().value());
        if (account.isPresent()) {
            writer.change(machine.id(), (_, edit) -> edit.account = account);
        }
        return account;
    }
}
