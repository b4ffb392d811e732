package hansa.bench.clouds;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A cloud that can be made to hang: it takes every call and answers none until the caller's time limit is over.
 *
 * @param limit of each call
 */
record Hanging(Cloud cloud, BooleanSupplier hangs, Duration limit) implements Cloud {

    private <T> T call(Supplier<T> answer) {
        if (hangs.getAsBoolean()) {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new CloudException.Unavailable("no answer within " + limit.toSeconds() + " s");
        }
        return answer.get();
    }

    private void tell(Runnable work) {
        Boolean _ = call(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public CloudDescription describe() {
        return call(cloud::describe);
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return call(() -> cloud.create(order));
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return call(() -> cloud.findByToken(token));
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return call(() -> cloud.read(machine));
    }

    @Override
    public List<RemoteMachine> list() {
        return call(cloud::list);
    }

    @Override
    public void delete(RemoteId machine) {
        tell(() -> cloud.delete(machine));
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        tell(() -> cloud.power(machine, action));
    }

    /** Machines alone are enough here. */
    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return Optional.empty();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return call(() -> cloud.recover(known));
    }

    @Override
    public void close() {
        cloud.close();
    }
}
