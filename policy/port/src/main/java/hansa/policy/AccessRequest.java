package hansa.policy;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a policy.
 *
 * @param action dotted, for example {@code machine.create}
 * @param at when it is asked; policies see no other clock
 */
public record AccessRequest(Subject subject, String action, Resource resource, Instant at) {

    /**
     * Who asks.
     *
     * @param id unique in the installation, see the domain's caller
     * @param issuer who vouches for them
     * @param fqans groups and roles, the primary one first
     * @param vo the virtual organisation in whose name they act
     * @param proof how they showed who they are, in lower case, for example {@code proxy}
     * @param operator whether they run the installation
     */
    public record Subject(
            String id, String issuer, List<Fqan> fqans, Optional<String> vo, String proof, boolean operator) {

        public Subject {
            fqans = List.copyOf(fqans);
        }
    }

    /**
     * What it is done to.
     *
     * @param type for example {@code machine}
     * @param id empty where no single resource is meant: a list, or one that does not exist yet
     * @param owner the id of the subject that it belongs to; empty where it belongs to nobody or everybody
     * @param vo the virtual organisation that it belongs to
     * @param attributes what else policies may look at, for example {@code cloud} or {@code flavour}
     */
    public record Resource(
            String type, String id, Optional<String> owner, Optional<String> vo, Map<String, String> attributes) {

        public Resource {
            attributes = Map.copyOf(attributes);
        }

        /** All resources of a type, or one that is still to be made. */
        public static Resource any(String type) {
            return new Resource(type, "", Optional.empty(), Optional.empty(), Map.of());
        }
    }
}
