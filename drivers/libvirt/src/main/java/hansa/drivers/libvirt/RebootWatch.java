package hansa.drivers.libvirt;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Hears from libvirt that a guest has restarted. Safe for many threads. */
final class RebootWatch {

    private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    private MemorySegment stub = MemorySegment.NULL;

    /** One that a caller waits for; to be closed. */
    final class Expected implements AutoCloseable {

        private final String domain;
        private final CountDownLatch happened = new CountDownLatch(1);

        private Expected(String domain) {
            this.domain = domain;
            awaited.put(domain, happened);
        }

        boolean happened() {
            return happened.getCount() == 0;
        }

        @Override
        public void close() {
            awaited.remove(domain, happened);
        }
    }

    /** Starts listening; called before the restart is asked for. */
    Expected expect(String domain) {
        return new Expected(domain);
    }

    /** The C function for {@code virConnectDomainEventRegisterAny}. It lives as long as the process, one per cloud. */
    synchronized MemorySegment stub(Libvirt libvirt) {
        if (stub.address() == 0) {
            try {
                var handler = MethodHandles.lookup()
                        .findVirtual(
                                RebootWatch.class,
                                "happened",
                                MethodType.methodType(
                                        void.class,
                                        Libvirt.class,
                                        MemorySegment.class,
                                        MemorySegment.class,
                                        MemorySegment.class));
                stub = Pointers.function(MethodHandles.insertArguments(handler, 0, this, libvirt));
            } catch (NoSuchMethodException | IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return stub;
    }

    @SuppressWarnings("unused") // called by libvirt
    private void happened(Libvirt libvirt, MemorySegment connection, MemorySegment domain, MemorySegment data) {
        libvirt.text(libvirt.virDomainGetName.pointer(domain)).ifPresent(name -> {
            CountDownLatch latch = awaited.get(name);
            if (latch != null) {
                latch.countDown();
            }
        });
    }
}
