package hansa.drivers.simulated;

import hansa.cloud.Accounts;
import hansa.cloud.RemoteAccount;
import java.util.List;
import java.util.Optional;

/** The local accounts of a simulated cloud in another process. */
record RemoteAccounts(Wire wire) implements Accounts {

    @Override
    public RemoteAccount ensure(String name, String displayName, Optional<String> vo) {
        return wire.ask(Protocol.ACCOUNT_ENSURE, new Protocol.NewAccount(name, displayName, vo));
    }

    @Override
    public List<RemoteAccount> list() {
        return wire.ask(Protocol.ACCOUNT_LIST, new Protocol.Nothing());
    }

    @Override
    public void suspend(String name) {
        wire.tell(Protocol.ACCOUNT_SUSPEND, new Protocol.AccountName(name));
    }

    @Override
    public void remove(String name) {
        wire.tell(Protocol.ACCOUNT_REMOVE, new Protocol.AccountName(name));
    }
}
