package hansa.drivers.simulated;

import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.util.Arrays;

/** Shows what the simulated guests print. */
final class SimulatedConsole implements Console {

    private static final int MOST = 1024 * 1024;

    private final World world;
    private final Calls calls;

    SimulatedConsole(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public Output read(RemoteId machine, long offset, int maxBytes) {
        return calls.run(Operation.CONSOLE_READ, () -> {
            if (offset < 0 || maxBytes < 1 || maxBytes > MOST) {
                throw new CloudException.InvalidRequest("a console is read from 0 on, 1 to " + MOST + " bytes at once");
            }
            Guest guest = world.machine(machine)
                    .orElseThrow(() -> Missing.machine(machine))
                    .guest();
            byte[] kept = guest.console();
            int from = Math.clamp(offset - guest.dropped(), 0, kept.length);
            int to = Math.min(kept.length, from + maxBytes);
            return new Output(Bytes.of(Arrays.copyOfRange(kept, from, to)), guest.dropped() + to);
        });
    }
}
