package hansa.drivers.occi;

import hansa.cloud.Accounts;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteAccount;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Members who act at another Hansa as themselves. It keeps no accounts for us and knows each of them by what this node
 * vouches for, so that an account is here no more than the leave to make something; after a restart it is asked for again.
 */
final class OcciAccounts implements Accounts {

    private static final int MOST = 100_000;

    private final Names names;
    private final TreeMap<String, RemoteAccount> known = new TreeMap<>();

    OcciAccounts(Names names) {
        this.names = names;
    }

    @Override
    public RemoteAccount ensure(String name, String displayName, Optional<String> vo) {
        if (!RemoteAccount.isName(name)
                || !RemoteAccount.isLine(displayName)
                || !vo.map(RemoteAccount::isLine).orElse(true)) {
            throw new CloudException.InvalidRequest("that is no name of an account, or nothing to be said of one");
        }
        RemoteAccount account = new RemoteAccount(name, displayName, vo, false);
        synchronized (known) {
            if (known.size() >= MOST && !known.containsKey(name)) {
                throw new CloudException.QuotaExceeded("there are " + MOST + " accounts, which is the limit");
            }
            known.put(name, account);
        }
        return account;
    }

    @Override
    public List<RemoteAccount> list() {
        synchronized (known) {
            return List.copyOf(known.values());
        }
    }

    @Override
    public void suspend(String name) {
        synchronized (known) {
            if (known.computeIfPresent(name, (_, account) -> account.suspended(true)) == null) {
                throw new CloudException.NotFound("there is no account '" + name + "'");
            }
        }
    }

    /** @throws CloudException.Unauthorised where nothing may be made in that name */
    void requireUsable(String name) {
        Optional<RemoteAccount> account;
        synchronized (known) {
            account = Optional.ofNullable(known.get(name));
        }
        if (account.isEmpty() || account.get().suspended()) {
            throw new CloudException.Unauthorised(
                    "the account '" + name + "' is " + (account.isEmpty() ? "not there" : "suspended"));
        }
    }

    @Override
    public void remove(String name) {
        if (list().stream().noneMatch(account -> account.name().equals(name))) {
            return;
        }
        if (!names.of(name).marked().ours(Infrastructure.COMPUTE).isEmpty()) {
            throw new CloudException.Conflict("the account '" + name + "' has machines");
        }
        synchronized (known) {
            known.remove(name);
        }
    }
}
