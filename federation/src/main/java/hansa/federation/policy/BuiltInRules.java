package hansa.federation.policy;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that hold where nobody wrote others: operators may everything; everybody may look around, make things, and do
 * with their own what they like; members of a virtual organisation, or of the group that it is shared with, use its images; its managers may do what they like
 * with what belongs to it, its auditors may look at it.
 */
final class BuiltInRules implements Pdp {

    /** The role of those who look after a virtual organisation's members and resources. */
    static final String MANAGER = "manager";

    /** The role of those who look at a virtual organisation's resources. */
    static final String AUDITOR = "auditor";

    private static final Set<String> FOR_EVERYBODY = Set.of(
            "machine.list",
            "volume.list",
            "network.list",
            "tag.list",
            "image.list",
            "site.list",
            "site.read",
            "token.list",
            "vo.list",
            "vo.join",
            "assertion.create");
    private static final Set<String> CREATES =
            Set.of("machine.create", "volume.create", "network.create", "tag.create", "image.create", "token.create");
    private static final Set<String> OWN_KIND = Set.of("machine", "volume", "network", "tag", "image", "token");
    private static final Set<String> OF_OPERATORS = Set.of("site", "user", "policy", "audit");
    private static final Set<String> OF_MANAGERS = Set.of("machine", "volume", "network", "image", "member", "mapping");

    @Override
    public Decision decide(AccessRequest request) {
        Subject subject = request.subject();
        Resource resource = request.resource();
        String action = request.action();
        if (subject.operator()) {
            return permit("operator");
        }
        if (resource.vo().isPresent() && CREATES.contains(action)) {
            return isMember(subject, resource.vo().get())
                    ? permit("member-creates")
                    : new Decision.Deny(
                            "member-creates", "Only members of " + resource.vo().get() + " create things in its name.");
        }
        if (FOR_EVERYBODY.contains(action)) {
            return permit("everybody");
        }
        if (CREATES.contains(action)) {
            return permit("caller-creates");
        }
        if (action.equals("machine.run")) {
            return resource.vo().isEmpty() || isMember(subject, resource.vo().get())
                    ? permit("member-runs")
                    : new Decision.Deny(
                            "member-runs",
                            "The owner is no member of " + resource.vo().get() + " any more.");
        }
        String type = resource.type();
        if (type.equals("image")
                && isLook(action)
                && "everybody".equals(resource.attributes().get("shared"))) {
            return permit("shared");
        }
        if (OWN_KIND.contains(type)
                && resource.owner().isPresent()
                && resource.owner().get().equals(subject.id())) {
            return permit("owner");
        }
        if (resource.owner().isEmpty() && resource.vo().isEmpty() && OWN_KIND.contains(type)) {
            return isLook(action)
                    ? permit("shared")
                    : new Decision.Deny("shared", "It is shared by everybody and changed by operators only.");
        }
        if (type.equals("member")) {
            boolean ofOneself = isLook(action) || action.equals("member.certify");
            if (ofOneself && resource.owner().equals(Optional.of(subject.id()))) {
                return permit("member-self");
            }
            if (managesGroup(subject, resource)) {
                return permit("group-manager");
            }
        }
        if (resource.vo().isPresent()) {
            return ofOrganisation(subject, resource, action, resource.vo().get());
        }
        return OF_OPERATORS.contains(type) ? new Decision.Deny("operators", "Only operators do this.") : deny();
    }

    @Override
    public boolean looksAtIds() {
        return false;
    }

    private static Decision ofOrganisation(Subject subject, Resource resource, String action, String vo) {
        String type = resource.type();
        if (hasRole(subject, vo, MANAGER)
                && (OF_MANAGERS.contains(type)
                        || action.equals("vo.read")
                        || action.equals("vo.update")
                        || action.equals("account.read"))) {
            return permit("vo-manager");
        }
        if (hasRole(subject, vo, AUDITOR) && isLook(action)) {
            return permit("vo-auditor");
        }
        boolean ofAllMembers = action.equals("vo.read") || action.equals("image.read") && isInGroup(subject, resource);
        return ofAllMembers && isMember(subject, vo) ? permit("vo-member") : deny();
    }

    /** What is shared with a group alone is not used by others of its virtual organisation. */
    private static boolean isInGroup(Subject subject, Resource resource) {
        String group = resource.attributes().getOrDefault("group", "");
        return group.isEmpty() || subject.fqans().stream().anyMatch(fqan -> fqan.isWithin(group));
    }

    /** Who manages a group looks after those in it and below it. */
    private static boolean managesGroup(Subject subject, Resource resource) {
        String group = resource.attributes().getOrDefault("group", "");
        return !group.isEmpty()
                && subject.fqans().stream()
                        .filter(fqan -> fqan.hasRole(MANAGER))
                        .anyMatch(fqan -> Fqan.member(group).isWithin(fqan.group()));
    }

    private static boolean isLook(String action) {
        return action.endsWith(".read") || action.endsWith(".list");
    }

    private static boolean isMember(Subject subject, String vo) {
        return subject.fqans().stream().anyMatch(fqan -> fqan.vo().equals(vo));
    }

    private static boolean hasRole(Subject subject, String vo, String role) {
        String root = "/" + vo;
        return subject.fqans().stream()
                .anyMatch(fqan -> fqan.hasRole(role) && fqan.group().equals(root));
    }

    private static Decision permit(String rule) {
        return new Decision.Permit(rule, List.of());
    }

    private static Decision deny() {
        return new Decision.Deny("default", "No rule permits it.");
    }
}
