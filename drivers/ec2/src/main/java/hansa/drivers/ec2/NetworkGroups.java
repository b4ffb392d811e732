package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The security groups of networks that Hansa made, one each. EC2 cannot take a network down, but what has no rules carries
 * nothing: a group's rules let everything pass or are not there.
 */
final class NetworkGroups {

    private static final String EVERYTHING = "-1";
    private static final String EVERYWHERE = "0.0.0.0/0";

    /**
     * @param subnet its network
     * @param open whether anything passes
     */
    record Group(String id, String subnet, boolean open) {}

    private final Query query;
    private final Tags tags;
    private final Patience patience;

    NetworkGroups(Query query, Tags tags, Patience patience) {
        this.query = query;
        this.tags = tags;
        this.patience = patience;
    }

    /** By their network. */
    Map<String, Group> all() {
        return query
                .all(Form.of("DescribeSecurityGroups").filter("tag-key", tags.subnet()), "securityGroupInfo")
                .stream()
                .map(this::read)
                .collect(Collectors.toMap(Group::subnet, Function.identity(), (one, _) -> one));
    }

    Optional<Group> of(String subnet) {
        return query
                .some(Form.of("DescribeSecurityGroups").filter("tag:" + tags.subnet(), subnet), "securityGroupInfo")
                .stream()
                .findFirst()
                .map(this::read);
    }

    private Group read(Element item) {
        return new Group(
                item.text("groupId"),
                Tags.read(item).getOrDefault(tags.subnet(), ""),
                !item.items("ipPermissions").isEmpty());
    }

    /** Makes the group of a network, open, where there is none yet. */
    void ensure(Token token, Place.Subnet subnet) {
        if (of(subnet.id()).isPresent()) {
            return;
        }
        String name = tags.prefix() + "-network-" + token.value();
        Map<String, String> marks = Map.of(tags.subnet(), subnet.id());
        Form form = Form.of("CreateSecurityGroup")
                .with("GroupName", name)
                .with("GroupDescription", "interfaces on the network " + subnet.id())
                .with("VpcId", subnet.vpc())
                .tagging("security-group", marks);
        String id;
        try {
            id = query.call(form).text("groupId");
        } catch (CloudException.Conflict taken) {
            id = named(name, subnet.vpc()).orElseThrow(() -> taken);
        }
        String made = id;
        Optional<Element> shown = patience.until(() -> shown(made), Optional::isPresent);
        if (shown.isPresent() && !Tags.read(shown.get()).containsKey(tags.subnet())) {
            // An endpoint that does not tag what it makes.
            query.call(Form.of("CreateTags").list("ResourceId", List.of(made)).tags("Tag", marks));
        }
        // What goes out is let pass by EC2 itself.
        change("AuthorizeSecurityGroupIngress", made);
    }

    private Optional<Element> shown(String group) {
        return query.one(Form.of("DescribeSecurityGroups").list("GroupId", List.of(group)), "securityGroupInfo");
    }

    private Optional<String> named(String name, String vpc) {
        return query
                .some(
                        Form.of("DescribeSecurityGroups")
                                .filter("group-name", name)
                                .filter("vpc-id", vpc),
                        "securityGroupInfo")
                .stream()
                .map(item -> item.text("groupId"))
                .findFirst();
    }

    void open(String group) {
        change("AuthorizeSecurityGroupIngress", group);
        change("AuthorizeSecurityGroupEgress", group);
    }

    void close(String group) {
        change("RevokeSecurityGroupIngress", group);
        change("RevokeSecurityGroupEgress", group);
    }

    /** A rule that is there already, or gone already, is what was wanted. */
    private void change(String action, String group) {
        Form form = Form.of(action)
                .with("GroupId", group)
                .with("IpPermissions.1.IpProtocol", EVERYTHING)
                .with("IpPermissions.1.IpRanges.1.CidrIp", EVERYWHERE);
        patience.persistently(() -> changed(form), CloudException.NotFound.class::isInstance);
    }

    private Query.Outcome changed(Form form) {
        Query.Outcome outcome = query.attempt(form);
        if (outcome instanceof Query.Outcome.Refused(Problem problem)
                && !problem.code().startsWith("InvalidPermission.")) {
            throw Refusals.of(problem);
        }
        return outcome;
    }

    /** @throws CloudException.Conflict while interfaces are in it */
    void delete(String subnet) {
        of(subnet).ifPresent(group -> {
            try {
                query.call(Form.of("DeleteSecurityGroup").with("GroupId", group.id()));
            } catch (CloudException.NotFound e) {
                // Gone already, which is what was wanted.
            }
        });
    }
}
