package hansa.drivers.opennebula;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.List;
import java.util.Optional;

/** The account's machines that carry no token. A token is an attribute of the user template; a word in capitals is none. */
final class OpenNebulaAdoption implements Adoption {

    private final Account account;

    OpenNebulaAdoption(Account account) {
        this.account = account;
    }

    @Override
    public List<RemoteMachine> others() {
        return account.machines().stream()
                .map(MachineView::of)
                .filter(machine -> machine.token().isEmpty())
                .toList();
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        int id = account.number(machine, "machine");
        Optional<Token> carries = tokenOf(account.machine(id));
        if (carries.filter(other -> !other.equals(token)).isPresent()) {
            throw new CloudException.Conflict("the machine " + id + " carries another token already");
        }
        if (carries.isEmpty()) {
            mark(id, token.value());
        }
        return MachineView.of(account.machine(id));
    }

    @Override
    public void release(RemoteId machine) {
        try {
            int id = account.number(machine, "machine");
            if (tokenOf(account.machine(id)).isPresent()) {
                mark(id, Marks.NO_TOKEN);
            }
        } catch (CloudException.NotFound e) {
            // Gone with its token.
        }
    }

    private static Optional<Token> tokenOf(VirtualMachine machine) {
        return Marks.tokenOf(machine.userTemplate());
    }

    private void mark(int machine, String token) {
        account.updateMachine(machine, Template.EMPTY.with(Marks.TOKEN, token));
    }
}
