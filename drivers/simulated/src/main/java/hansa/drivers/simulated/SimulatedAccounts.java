package hansa.drivers.simulated;

import hansa.cloud.Accounts;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteAccount;
import java.util.List;
import java.util.Optional;

/** The local accounts of the simulated cloud. */
final class SimulatedAccounts implements Accounts {

    private static final int MOST = 100_000;

    private final World world;
    private final Calls calls;

    SimulatedAccounts(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public RemoteAccount ensure(String name, String displayName, Optional<String> vo) {
        return calls.run(Operation.ACCOUNT_ENSURE, () -> world.change(commit -> usable(commit, name, displayName, vo)));
    }

    private RemoteAccount usable(Commit commit, String name, String displayName, Optional<String> vo) {
        if (!RemoteAccount.isName(name)
                || !RemoteAccount.isLine(displayName)
                || !vo.map(RemoteAccount::isLine).orElse(true)) {
            throw new CloudException.InvalidRequest("that is no name of an account, or nothing to be said of one");
        }
        RemoteAccount account = new RemoteAccount(name, displayName, vo, false);
        Optional<RemoteAccount> there = world.account(name);
        if (there.equals(Optional.of(account))) {
            return account;
        }
        if (there.isEmpty() && world.accountCount() >= MOST) {
            throw new CloudException.QuotaExceeded("there are " + MOST + " accounts, which is the limit");
        }
        commit.put(account);
        return account;
    }

    @Override
    public List<RemoteAccount> list() {
        return calls.run(Operation.ACCOUNT_LIST, world::accounts);
    }

    @Override
    public void suspend(String name) {
        calls.run(
                Operation.ACCOUNT_SUSPEND,
                _ -> world.change(commit -> {
                    RemoteAccount account = world.account(name).orElseThrow(() -> Missing.account(name));
                    if (!account.suspended()) {
                        commit.put(account.suspended(true));
                    }
                    return true;
                }));
    }

    @Override
    public void remove(String name) {
        calls.run(
                Operation.ACCOUNT_REMOVE,
                _ -> world.change(commit -> {
                    world.account(name).ifPresent(account -> {
                        if (world.machines()
                                .anyMatch(machine -> machine.account().equals(Optional.of(name)))) {
                            throw new CloudException.Conflict("the account '" + name + "' has machines");
                        }
                        commit.remove(account);
                    });
                    return true;
                }));
    }
}
