package hansa.federation.compute;

import hansa.cloud.CloudName;
import java.util.Optional;
import java.util.Set;

/**
 * A volume that somebody wants.
 *
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param sizeMib 1 MiB to 64 TiB; 0 = as large as the copy that it is made of
 * @param cloud empty = that of the copy, or the first in configured order that has volumes
 * @param tags ids of tags, at most 32
 * @param from the copy that it begins as; empty = an empty volume
 */
public record NewVolume(
        Optional<VolumeId> id,
        String title,
        String summary,
        long sizeMib,
        Optional<CloudName> cloud,
        Set<String> tags,
        Optional<VolumeId> from) {

    public NewVolume {
        tags = Set.copyOf(tags);
    }

    public static NewVolume of(String title, long sizeMib) {
        return new NewVolume(Optional.empty(), title, "", sizeMib, Optional.empty(), Set.of(), Optional.empty());
    }
}
