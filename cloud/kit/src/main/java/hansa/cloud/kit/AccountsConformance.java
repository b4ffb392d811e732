package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Accounts;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clouds with local accounts must do with them. */
public interface AccountsConformance extends Conformance {

    private String newAccount(Accounts accounts) {
        String token = subject().newToken().value();
        String name = "kit-" + Integer.toHexString(token.hashCode());
        accounts.ensure(name, "Kit", Optional.of("kit"));
        subject().undoLater(() -> accounts.remove(name));
        return name;
    }

    private MachineOrder order(String account) {
        return subject().order(subject().newToken()).inNameOf(Optional.of(account));
    }

    @Test
    default void an_account_is_made_once_and_listed_until_it_is_removed() {
        subject().with(Accounts.class, accounts -> {
            String name = newAccount(accounts);
            RemoteAccount account = new RemoteAccount(name, "Kit", Optional.of("kit"), false);
            assertThat(accounts.ensure(name, "Kit", Optional.of("kit"))).isEqualTo(account);
            assertThat(accounts.list()).containsOnlyOnce(account);
            assertThat(accounts.list())
                    .isSortedAccordingTo((one, other) -> one.name().compareTo(other.name()));
            RemoteAccount renamed = new RemoteAccount(name, "", Optional.empty(), false);
            assertThat(accounts.ensure(name, "", Optional.empty())).isEqualTo(renamed);
            assertThat(accounts.list()).contains(renamed).doesNotContain(account);
            accounts.remove(name);
            assertThat(accounts.list()).doesNotContain(renamed);
            accounts.remove(name);
        });
    }

    @Test
    default void a_suspended_account_makes_nothing_until_it_is_ensured_again() {
        subject().with(Accounts.class, accounts -> {
            String name = newAccount(accounts);
            accounts.suspend(name);
            accounts.suspend(name);
            assertThat(accounts.list()).contains(new RemoteAccount(name, "Kit", Optional.of("kit"), true));
            subject()
                    .assertRefused(
                            CloudException.Unauthorised.class,
                            () -> subject().cloud().create(order(name)));
            assertThat(accounts.ensure(name, "Kit", Optional.of("kit")).suspended())
                    .isFalse();
            RemoteMachine machine = subject().cloud().create(order(name));
            subject().undoLater(() -> subject().cloud().delete(machine.id()));
            assertThat(machine.account()).hasValue(name);
            assertThat(subject().cloud().read(machine.id()).account()).hasValue(name);
        });
    }

    @Test
    default void what_is_no_account_is_refused() {
        subject().with(Accounts.class, accounts -> {
            for (String name : new String[] {"", "Root", "a b", "../x", "9lives", "x".repeat(33)}) {
                subject()
                        .assertRefused(
                                CloudException.InvalidRequest.class, () -> accounts.ensure(name, "", Optional.empty()));
            }
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> accounts.ensure("kit-x", "a\nb", Optional.empty()));
            subject().assertRefused(CloudException.NotFound.class, () -> accounts.suspend("kit-nobody"));
            subject()
                    .assertRefused(
                            CloudException.Unauthorised.class,
                            () -> subject().cloud().create(order("kit-nobody")));
        });
    }

    @Test
    default void a_cloud_without_accounts_refuses_a_machine_in_the_name_of_one() {
        if (subject().cloud().facet(Accounts.class).isEmpty()) {
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> subject().cloud().create(order("kit-nobody")));
        }
    }

    @Test
    default void an_account_stays_while_its_machines_are_there() {
        subject().with(Accounts.class, accounts -> {
            String name = newAccount(accounts);
            RemoteId machine = subject().cloud().create(order(name)).id();
            subject().undoLater(() -> subject().cloud().delete(machine));
            subject().assertRefused(CloudException.Conflict.class, () -> accounts.remove(name));
            accounts.suspend(name);
            assertThat(subject().cloud().read(machine).id()).isEqualTo(machine);
            subject().cloud().delete(machine);
            subject().waitUntilGone(machine);
            subject().eventually("the account can be removed", () -> {
                accounts.remove(name);
                assertThat(accounts.list()).extracting(RemoteAccount::name).doesNotContain(name);
            });
        });
    }
}
