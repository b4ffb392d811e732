package hansa.federation.compute;

import hansa.cloud.RemoteVolumeCopy.Kind;
import java.util.Optional;

/**
 * A copy of a volume that somebody wants.
 *
 * @param title 0 to 255 characters; empty = the volume's, the kind and the time
 * @param summary 0 to 4,096 characters
 */
public record NewCopy(Kind kind, Optional<VolumeId> id, String title, String summary) {

    public static NewCopy of(Kind kind) {
        return new NewCopy(kind, Optional.empty(), "", "");
    }
}
