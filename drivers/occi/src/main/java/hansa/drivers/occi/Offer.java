package hansa.drivers.occi;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.RemoteNetwork;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service offers: its templates and its networks. OCCI tells neither formats and sizes of images, nor limits. */
final class Offer {

    /** The end of the title of an image that another Hansa has not got yet. */
    private static final String NOT_READY = " (not ready yet)";

    private Offer() {}

    static CloudDescription of(Endpoint endpoint, Entities entities, OcciSettings settings) {
        Peer peer = endpoint.look();
        List<RemoteNetwork> networks = new ArrayList<>();
        entities.all(Infrastructure.NETWORK)
                .forEach(network ->
                        Entities.idOf(network).ifPresent(id -> networks.add(NetworkView.of(peer, id, network))));
        return new CloudDescription(
                Flavours.of(peer, settings.flavourSizes()), images(peer), networks, Limits.NONE, settings.freeForm());
    }

    private static List<RemoteImage> images(Peer peer) {
        List<CategoryReference> templates = peer.images().stream()
                .filter(template -> template.id().toString().length() <= 255)
                .toList();
        Map<String, Integer> titles = new HashMap<>();
        templates.forEach(template -> titles.merge(title(template), 1, Integer::sum));
        return templates.stream()
                .map(template -> {
                    boolean unique = !title(template).isEmpty() && titles.getOrDefault(title(template), 0) == 1;
                    // Another Hansa's terms are names already; elsewhere they are numbers, and titles are for people.
                    boolean titled = peer.dialect() != Dialect.HANSA && unique;
                    return new RemoteImage(
                            new RemoteId(template.id().toString()),
                            Optional.empty(),
                            titled ? title(template) : Terms.name(peer.dialect(), template.id()),
                            "",
                            0,
                            title(template).endsWith(NOT_READY) ? ImageState.SAVING : ImageState.READY);
                })
                .toList();
    }

    private static String title(CategoryReference template) {
        return template.title().map(String::strip).orElse("");
    }
}
