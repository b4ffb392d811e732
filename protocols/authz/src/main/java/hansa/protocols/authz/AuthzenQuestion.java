package hansa.protocols.authz;

import java.util.List;
import java.util.Map;

/**
 * One evaluation of AuthZEN 1.0 (§5): may this subject do this to this resource.
 *
 * @param subject who asks
 * @param action its name, for example {@code machine.read}
 * @param context what else is said, such as the time; each value as a list of texts
 */
public record AuthzenQuestion(Entity subject, String action, Entity resource, Map<String, List<String>> context) {

    public AuthzenQuestion {
        context = Map.copyOf(context);
    }

    /**
     * A subject or a resource.
     *
     * @param properties each value as a list of texts
     */
    public record Entity(String type, String id, Map<String, List<String>> properties) {

        public Entity {
            properties = Map.copyOf(properties);
        }
    }
}
