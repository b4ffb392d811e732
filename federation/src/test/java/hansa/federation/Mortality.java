package hansa.federation;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Ends a node at one instant: what it does to its store and its clouds is counted, and from a number on nothing of it
 * has any effect any more. The instant may be before or after the effect of a call.
 */
public final class Mortality {

    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final Queue<Token> assumed = new ConcurrentLinkedQueue<>();
    private volatile boolean dead;

    public void dieAfter(long instants) {
        left.set(instants);
    }

    /** What a dead node's calls end with. */
    public static final class Dead extends RuntimeException {
        Dead() {
            super("the node is dead");
        }
    }

    /** Tokens of machines that were asked for although they were there: on a less patient cloud, they would be doubled. */
    public Queue<Token> assumed() {
        return assumed;
    }

    private static boolean existsAt(Cloud cloud, Token token) {
        while (true) {
            try {
                return cloud.findByToken(token).isPresent();
            } catch (CloudException.Unavailable e) {
                Thread.onSpinWait();
            }
        }
    }

    private void remember(Cloud cloud, MachineOrder order) {
        if (existsAt(cloud, order.token())) {
            assumed.add(order.token());
        }
    }

    public boolean isDead() {
        return dead;
    }

    private void instant() {
        if (dead || left.decrementAndGet() <= 0) {
            dead = true;
            throw new Dead();
        }
    }

    private <T> T mortal(Supplier<T> call) {
        instant();
        T answer = call.get();
        instant();
        return answer;
    }

    public Store store(Store immortal) {
        return new Store() {
            @Override
            public <T> T read(Function<Handle, T> work) {
                if (dead) {
                    throw new Dead();
                }
                return immortal.read(work);
            }

            @Override
            public <T> T write(Function<Tx, T> work) {
                return mortal(() -> immortal.write(work));
            }

            @Override
            public void close() {
                immortal.close();
            }
        };
    }

    public Cloud cloud(Cloud immortal) {
        return new MortalCloud(immortal);
    }

    private final class MortalCloud implements Cloud {
        private final Cloud cloud;

        MortalCloud(Cloud cloud) {
            this.cloud = cloud;
        }

        @Override
        public CloudDescription describe() {
            return mortal(cloud::describe);
        }

        @Override
        public RemoteMachine create(MachineOrder order) {
            return mortal(() -> {
                remember(cloud, order);
                return cloud.create(order);
            });
        }

        @Override
        public Optional<RemoteMachine> findByToken(Token token) {
            return mortal(() -> cloud.findByToken(token));
        }

        @Override
        public RemoteMachine read(RemoteId machine) {
            return mortal(() -> cloud.read(machine));
        }

        @Override
        public List<RemoteMachine> list() {
            return mortal(cloud::list);
        }

        @Override
        public void delete(RemoteId machine) {
            mortal(() -> {
                cloud.delete(machine);
                return true;
            });
        }

        @Override
        public void power(RemoteId machine, PowerAction action) {
            mortal(() -> {
                cloud.power(machine, action);
                return true;
            });
        }

        @Override
        public <F extends Facet> Optional<F> facet(Class<F> facet) {
            return cloud.facet(facet).map(immortal -> mortalFacet(cloud, facet, immortal));
        }

        @Override
        public Recovery recover(Set<Token> known) {
            return mortal(() -> cloud.recover(known));
        }

        @Override
        public void close() {
            cloud.close();
        }
    }

    private <F extends Facet> F mortalFacet(Cloud cloud, Class<F> facet, F immortal) {
        return facet.cast(Proxy.newProxyInstance(
                facet.getClassLoader(), new Class<?>[] {facet}, (proxy, method, arguments) -> {
                    instant();
                    if (facet.equals(HostAffinity.class) && arguments[0] instanceof MachineOrder order) {
                        remember(cloud, order);
                    }
                    try {
                        Object answer = method.invoke(immortal, arguments);
                        instant();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
