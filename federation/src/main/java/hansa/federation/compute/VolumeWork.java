package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.Optional;

/**
 * What the job of a volume remembers beside the public record.
 *
 * @param token left at the cloud with the volume
 * @param remote the cloud's own id, once known
 * @param stage how far its making is
 * @param deleting whether its owner wants it gone
 * @param actualMib what it has; 0 while unknown
 * @param trouble why the job has to try again; empty while it goes well
 * @param note why a wish was given up, or what happened behind our back
 * @param since when the oldest open wish was made
 */
record VolumeWork(
        Token token,
        Optional<RemoteId> remote,
        MachineWork.Stage stage,
        boolean deleting,
        long actualMib,
        String trouble,
        String note,
        Instant since) {}
