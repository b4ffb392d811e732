package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * So many machines of a template and no more: creations of one template take turns, each counts those that are there. Another
 * node that shares the account may be counting at the same moment.
 */
final class Caps {

    private final Account account;
    private final Map<Integer, Integer> most;
    private final TokenLocks turns = new TokenLocks();

    /** @param most by the numbers of templates */
    Caps(Account account, Map<Integer, Integer> most) {
        this.account = account;
        this.most = Map.copyOf(most);
    }

    Optional<Integer> of(int template) {
        return Optional.ofNullable(most.get(template));
    }

    /** @throws CloudException.QuotaExceeded where there are as many machines of the order's flavour as there may be */
    <T> T within(MachineOrder order, Supplier<T> creation) {
        Optional<RemoteId> flavour = order.flavour();
        if (flavour.isEmpty() || most.isEmpty()) {
            return creation.get();
        }
        int template = account.number(flavour.get(), "template");
        Optional<Integer> cap = of(template);
        return cap.isEmpty()
                ? creation.get()
                : turns.holding(new Token("template-" + template), () -> {
                    requireRoom(template, cap.get());
                    return creation.get();
                });
    }

    private void requireRoom(int template, int cap) {
        long there = account.machines().stream()
                .filter(vm -> Marks.tokenOf(vm.userTemplate()).isPresent())
                .filter(vm -> vm.template().integer("TEMPLATE_ID").orElse(-1) == template)
                .count();
        if (there >= cap) {
            throw new CloudException.QuotaExceeded("there are " + there + " machines of the template " + template
                    + " already, and the settings allow " + cap);
        }
    }
}
