package hansa.federation.vos;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Denies what the rules of a virtual organisation leave out, and is silent about everything else: they narrow what members
 * may do, and never widen it. To look at things and to delete them is never denied here, so that nobody is left with
 * what they cannot get rid of.
 */
final class MappingRules implements Pdp {

    private static final Set<String> TYPES = Set.of("machine", "volume", "network");
    private static final Set<String> FREE = Set.of("read", "list", "delete");

    private final Function<String, List<Mapping>> rules;

    /** @param rules of a virtual organisation, in the order in which they are tried; from memory */
    MappingRules(Function<String, List<Mapping>> rules) {
        this.rules = rules;
    }

    @Override
    public Decision decide(AccessRequest request) {
        Resource resource = request.resource();
        String type = resource.type();
        String verb = request.action().substring(request.action().indexOf('.') + 1);
        if (resource.vo().isEmpty() || request.subject().operator() || !TYPES.contains(type) || FREE.contains(verb)) {
            return new Decision.NotApplicable();
        }
        List<Mapping> about = rules.apply(resource.vo().get()).stream()
                .filter(rule -> rule.isAbout(type))
                .toList();
        if (about.isEmpty() || about.stream().anyMatch(rule -> allows(rule, request, verb))) {
            return new Decision.NotApplicable();
        }
        Mapping nearest = about.stream()
                .filter(rule -> rule.isFor(request.subject().fqans()))
                .findFirst()
                .orElse(about.getFirst());
        return new Decision.Deny(
                resource.vo().get() + "/" + nearest.name(),
                "The rules of " + resource.vo().get() + " do not let you do this here.");
    }

    private static boolean allows(Mapping rule, AccessRequest request, String verb) {
        Resource resource = request.resource();
        String type = resource.type();
        // What may be made may also go on running.
        String action = verb.equals("run") ? type + ".create" : request.action();
        return rule.isFor(request.subject().fqans())
                && rule.actions().allows(action)
                && rule.isAt(resource.attributes().getOrDefault("cloud", ""))
                && (!type.equals("machine")
                        || rule.allowsFlavour(resource.attributes().getOrDefault("flavour", "")));
    }
}
