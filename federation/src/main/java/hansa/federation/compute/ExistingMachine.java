package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A machine in our account at a cloud that Hansa did not make.
 *
 * @param id the cloud's own
 * @param created when the cloud says that it was made
 * @param observed when it was first seen to be like this
 */
public record ExistingMachine(
        CloudName cloud,
        RemoteId id,
        String name,
        RemoteState state,
        Size size,
        List<String> addresses,
        Instant created,
        Instant observed) {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_ADDRESSES = 64;

    public ExistingMachine {
        addresses = List.copyOf(addresses);
    }

    static ExistingMachine of(CloudName cloud, RemoteMachine remote, Instant now) {
        String name = remote.name().replaceAll("\\p{Cntrl}", " ").strip();
        return new ExistingMachine(
                cloud,
                remote.id(),
                name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                remote.state(),
                remote.size(),
                remote.nics().stream()
                        .map(RemoteNic::addresses)
                        .flatMap(List::stream)
                        .filter(address -> !address.isBlank() && address.indexOf(' ') < 0)
                        .limit(MOST_ADDRESSES)
                        .toList(),
                remote.created().truncatedTo(ChronoUnit.MICROS),
                now);
    }

    boolean looksLike(ExistingMachine other) {
        return equals(new ExistingMachine(
                other.cloud, other.id, other.name, other.state, other.size, other.addresses, other.created, observed));
    }
}
