package hansa.federation.placement;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A cloud as it was when the snapshot was taken.
 *
 * @param priority clouds of a higher one are filled first; 0 for one's own, less for a public cloud that takes the rest
 * @param publicCloud whether it is somebody's who sells to all
 * @param free room that the cloud has
 * @param quota what the caller's virtual organisation may still use there
 * @param totalCores of all its hosts; 0 = not known
 * @param running machines there
 * @param freeForm whether it takes any size, beside its flavours
 * @param order where it stands among the others, the first being the lowest
 * @param reliability share of the time in which it worked, 0 to 1
 * @param wattsPerCore power that one more busy core draws
 * @param images the federation's images that are there, with the cloud's own names for them
 * @param labels what its operator says about it, by name in capitals; a name that every cloud has is not replaced
 */
public record CloudOffer(
        String name,
        CloudState state,
        int priority,
        boolean publicCloud,
        Room free,
        Room quota,
        long totalCores,
        long running,
        boolean freeForm,
        int order,
        OptionalDouble reliability,
        OptionalDouble wattsPerCore,
        Set<String> features,
        Map<String, String> images,
        Map<String, String> labels,
        List<FlavourOffer> flavours) {

    /** The feature of clouds that let machines share a host or be on different ones. */
    public static final String HOST_AFFINITY = "host-affinity";

    public CloudOffer {
        if (totalCores < 0 || running < 0) {
            throw new IllegalArgumentException("the cloud '" + name + "' has impossible figures");
        }
        features = Set.copyOf(features);
        images = Map.copyOf(images);
        labels = Map.copyOf(labels);
        flavours = List.copyOf(flavours);
    }
}
