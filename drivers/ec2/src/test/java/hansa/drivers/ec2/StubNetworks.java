package hansa.drivers.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stub's VPC: subnets, security groups, network interfaces. Addresses stand beside, see {@link StubAddresses}. */
final class StubNetworks {

    private static final String INVALID = "InvalidParameterValue";
    private static final List<String> RANGES = List.of("10.213.0.0/16", "10.214.0.0/16");
    static final String NO_CARD = "InvalidNetworkInterfaceID.NotFound";

    /** A subnet. */
    private static final class Subnet extends StubThing {
        private final Ipv4Block range;
        private final boolean usual;
        private final String zone;
        private int given = 4;

        Subnet(String id, int hidden, Ipv4Block range, boolean usual, String zone) {
            super(id, hidden);
            this.range = range;
            this.usual = usual;
            this.zone = zone;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return switch (filter) {
                case "vpc-id" -> Optional.of(List.of(Stub.VPC));
                case "availability-zone" -> Optional.of(List.of(zone));
                case "subnet-id" -> Optional.of(List.of(id));
                default -> Optional.empty();
            };
        }
    }

    /** A security group, with its rules in and out in short. */
    private static final class Group extends StubThing {
        private final String name;
        private final Set<String> in = new LinkedHashSet<>();
        private final Set<String> out = new LinkedHashSet<>(Set.of("-1 0.0.0.0/0"));

        Group(String id, int hidden, String name) {
            super(id, hidden);
            this.name = name;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return switch (filter) {
                case "group-name" -> Optional.of(List.of(name));
                case "vpc-id" -> Optional.of(List.of(Stub.VPC));
                default -> Optional.empty();
            };
        }
    }

    /** A network interface. */
    static final class Card extends StubThing {
        final String subnet;
        final String description;
        final String address;
        final List<String> groups;
        private final String clientToken;
        private final Instant made = Instant.now();
        private String instance = "";
        private int index;
        private boolean dies;
        private Optional<Instant> leaves = Optional.empty();

        Card(
                String id,
                int hidden,
                String subnet,
                String description,
                String address,
                List<String> groups,
                String token) {
            super(id, hidden);
            this.subnet = subnet;
            this.description = description;
            this.address = address;
            this.groups = List.copyOf(groups);
            this.clientToken = token;
        }

        String attachment() {
            return id.replace("eni-", "eni-attach-");
        }

        String instance() {
            if (leaves.isPresent() && !Instant.now().isBefore(leaves.get())) {
                leaves = Optional.empty();
                instance = "";
            }
            return instance;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return switch (filter) {
                case "description" -> Optional.of(List.of(description));
                case "subnet-id" -> Optional.of(List.of(subnet));
                default -> Optional.empty();
            };
        }
    }

    private final Map<String, Subnet> subnets = Stub.map();
    private final Map<String, Group> groups = Stub.map();
    final Map<String, Card> cards = Stub.map();
    final StubAddresses addresses;
    private final Stub stub;

    StubNetworks(Stub stub) {
        this.stub = stub;
        this.addresses = new StubAddresses(stub);
        addSubnet("subnet-00000000000000001", "10.213.0.0/22", true, Stub.ZONE);
        addSubnet("subnet-00000000000000002", "10.213.16.0/24", true, "test-1b");
        groups.put(Stub.DEFAULT_GROUP, new Group(Stub.DEFAULT_GROUP, 0, "default"));
    }

    private void addSubnet(String id, String range, boolean usual, String zone) {
        subnets.put(id, new Subnet(id, 0, Ipv4Block.read(range).orElseThrow(), usual, zone));
    }

    /** As where no subnet is the default one. */
    void addRival() {
        Subnet old = subnets.remove("subnet-00000000000000001");
        addSubnet(Optional.ofNullable(old).orElseThrow().id, "10.213.0.0/22", false, Stub.ZONE);
        addSubnet("subnet-00000000000000003", "10.213.32.0/24", false, Stub.ZONE);
    }

    Optional<StubThing> thing(String id) {
        return Optional.<StubThing>ofNullable(subnets.get(id))
                .or(() -> Optional.ofNullable(groups.get(id)))
                .or(() -> Optional.ofNullable(cards.get(id)))
                .or(() -> Optional.ofNullable(addresses.all.get(id)));
    }

    boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "DescribeVpcs" ->
                xml.items(
                        "vpcSet",
                        List.of(Stub.VPC),
                        (one, id) -> one.text("vpcId", id)
                                .text("isDefault", true)
                                .text("cidrBlock", "10.213.0.0/16")
                                .items(
                                        "cidrBlockAssociationSet",
                                        List.of("10.213.0.0/16"),
                                        (part, block) -> part.text("cidrBlock", block)));
            case "DescribeSubnets" ->
                stub.describe(
                        request,
                        xml,
                        "SubnetId",
                        "subnetSet",
                        subnets,
                        "InvalidSubnetID.NotFound",
                        INVALID,
                        StubNetworks::write);
            case "CreateSubnet" -> {
                Subnet subnet = create(request);
                xml.in("subnet", () -> write(xml, subnet));
            }
            case "DeleteSubnet" -> {
                Subnet subnet = Stub.get(subnets, request.text("SubnetId"), "InvalidSubnetID.NotFound", INVALID);
                if (cards.values().stream().anyMatch(card -> card.subnet.equals(subnet.id))) {
                    throw new StubRefusal("DependencyViolation", "The subnet '" + subnet.id + "' has dependencies");
                }
                subnets.remove(subnet.id);
                xml.text("return", true);
            }
            case "CreateNetworkInterface" -> {
                Card card = make(request, "", request.text("ClientToken"));
                xml.in("networkInterface", () -> write(xml, card));
            }
            case "DescribeNetworkInterfaces" ->
                stub.describe(
                        request,
                        xml,
                        "NetworkInterfaceId",
                        "networkInterfaceSet",
                        cards,
                        NO_CARD,
                        INVALID,
                        StubNetworks::write);
            case "AttachNetworkInterface" -> attach(request, xml);
            case "ModifyNetworkInterfaceAttribute" -> {
                card(request).dies =
                        request.text("Attachment.DeleteOnTermination").equals("true");
                xml.text("return", true);
            }
            case "DetachNetworkInterface" -> {
                Card card = cards.values().stream()
                        .filter(one -> one.attachment().equals(request.text("AttachmentId"))
                                && !one.instance().isEmpty())
                        .findFirst()
                        .orElseThrow(
                                () -> new StubRefusal("InvalidAttachmentID.NotFound", "The attachment does not exist"));
                if (card.index == 0) {
                    throw new StubRefusal(
                            "OperationNotPermitted", "The network interface at device index 0 cannot be detached.");
                }
                card.leaves = Optional.of(Instant.now().plus(stub.step));
                xml.text("return", true);
            }
            case "DeleteNetworkInterface" -> {
                Card card = card(request);
                if (!card.instance().isEmpty()) {
                    throw new StubRefusal("InvalidNetworkInterface.InUse", "The interface is in use");
                }
                cards.remove(card.id);
                xml.text("return", true);
            }
            default -> {
                return answerGroups(request, xml) || addresses.answer(request, xml);
            }
        }
        return true;
    }

    private boolean answerGroups(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "DescribeSecurityGroups" ->
                stub.describe(
                        request,
                        xml,
                        "GroupId",
                        "securityGroupInfo",
                        groups,
                        "InvalidGroup.NotFound",
                        INVALID,
                        StubNetworks::write);
            case "CreateSecurityGroup" -> {
                String name = request.text("GroupName");
                request.text("GroupDescription");
                request.text("VpcId");
                if (groups.values().stream().anyMatch(group -> group.name.equals(name))) {
                    throw new StubRefusal("InvalidGroup.Duplicate", "The security group '" + name + "' already exists");
                }
                Group group = new Group(stub.id("sg"), stub.hidden, name);
                group.tags.putAll(stub.tagging(request, "security-group"));
                groups.put(group.id, group);
                xml.text("return", true).text("groupId", group.id);
            }
            case "DeleteSecurityGroup" -> {
                Group group = group(request);
                if (cards.values().stream().anyMatch(card -> card.groups.contains(group.id))) {
                    throw new StubRefusal("DependencyViolation", "resource " + group.id + " has a dependent object");
                }
                groups.remove(group.id);
                xml.text("return", true);
            }
            case "AuthorizeSecurityGroupIngress" -> allow(request, xml, group(request).in);
            case "AuthorizeSecurityGroupEgress" -> allow(request, xml, group(request).out);
            case "RevokeSecurityGroupIngress" -> forbid(request, xml, group(request).in);
            case "RevokeSecurityGroupEgress" -> forbid(request, xml, group(request).out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private Group group(StubRequest request) {
        return Stub.get(groups, request.text("GroupId"), "InvalidGroup.NotFound", "InvalidGroupId.Malformed");
    }

    private static String rule(StubRequest request) {
        return request.text("IpPermissions.1.IpProtocol") + " " + request.text("IpPermissions.1.IpRanges.1.CidrIp");
    }

    private static void allow(StubRequest request, StubXml xml, Set<String> rules) {
        if (!rules.add(rule(request))) {
            throw new StubRefusal("InvalidPermission.Duplicate", "the specified rule already exists");
        }
        xml.text("return", true);
    }

    private static void forbid(StubRequest request, StubXml xml, Set<String> rules) {
        if (!rules.remove(rule(request))) {
            throw new StubRefusal("InvalidPermission.NotFound", "The specified rule does not exist");
        }
        xml.text("return", true);
    }

    private Subnet create(StubRequest request) {
        Ipv4Block range = Ipv4Block.read(request.text("CidrBlock"))
                .filter(block -> block.prefix() >= 16 && block.prefix() <= 28)
                .orElseThrow(() -> new StubRefusal("InvalidSubnet.Range", "The CIDR is invalid."));
        if (RANGES.stream().flatMap(home -> Ipv4Block.read(home).stream()).noneMatch(home -> home.overlaps(range))) {
            throw new StubRefusal("InvalidSubnet.Range", "The CIDR '" + range + "' is invalid.");
        }
        if (range.freePart(subnets.values().stream().map(one -> one.range).toList())
                .isEmpty()) {
            throw new StubRefusal("InvalidSubnet.Conflict", "The CIDR '" + range + "' conflicts with another subnet");
        }
        Subnet subnet = new Subnet(stub.id("subnet"), stub.hidden, range, false, request.text("AvailabilityZone"));
        subnet.tags.putAll(stub.tagging(request, "subnet"));
        subnets.put(subnet.id, subnet);
        return subnet;
    }

    private Card card(StubRequest request) {
        return Stub.get(cards, request.text("NetworkInterfaceId"), NO_CARD, INVALID);
    }

    private Card make(StubRequest request, String start, String token) {
        Optional<Card> before = cards.values().stream()
                .filter(card -> !token.isEmpty() && card.clientToken.equals(token))
                .findFirst();
        return before.orElseGet(() -> {
            Subnet subnet = Stub.get(subnets, request.text(start + "SubnetId"), "InvalidSubnetID.NotFound", INVALID);
            subnet.given++;
            Card card = new Card(
                    stub.id("eni"),
                    token.isEmpty() ? 0 : stub.hidden,
                    subnet.id,
                    request.optional(start + "Description").orElse(""),
                    request.optional(start + "PrivateIpAddress").orElse(address(subnet)),
                    request.list(start + "SecurityGroupId").isEmpty()
                            ? List.of(Stub.DEFAULT_GROUP)
                            : request.list(start + "SecurityGroupId"),
                    token);
            cards.put(card.id, card);
            return card;
        });
    }

    private static String address(Subnet subnet) {
        return new Ipv4Block(subnet.range.first() + subnet.given, 32).toString().replace("/32", "");
    }

    /** The interfaces that an instance is made with. */
    List<String> plugIn(StubRequest request, String instance) {
        List<Card> made = new ArrayList<>();
        if (request.has("NetworkInterface.")) {
            if (request.has("SubnetId") || request.has("SecurityGroupId")) {
                throw new StubRefusal(
                        "InvalidParameterCombination",
                        "Network interfaces and an instance-level subnet ID may not be specified on the same request");
            }
            made.addAll(request.each("NetworkInterface.", start -> make(request, start + ".", "")));
        } else {
            made.add(make(request, "", ""));
        }
        for (Card card : made) {
            card.instance = instance;
            card.index = made.indexOf(card);
            card.dies = true;
        }
        return made.stream().map(card -> card.id).toList();
    }

    private void attach(StubRequest request, StubXml xml) {
        Card card = card(request);
        StubInstance instance = stub.instances.get(request.text("InstanceId"));
        instance.require("running", "stopped");
        if (!card.instance().isEmpty()) {
            throw new StubRefusal("InvalidNetworkInterface.InUse", "The interface is in use");
        }
        card.instance = instance.id;
        card.index = request.number("DeviceIndex");
        xml.text("attachmentId", card.attachment());
    }

    void deleteCardsOf(StubInstance instance) {
        cards.values().removeIf(card -> card.instance.equals(instance.id) && card.dies);
    }

    void writeCards(StubXml xml, StubInstance instance) {
        List<Card> held = cards.values().stream()
                .filter(card -> card.instance().equals(instance.id))
                .toList();
        xml.items("networkInterfaceSet", held, (one, card) -> {
            writeCard(one, card);
            addresses.writeAssociation(one, card);
        });
    }

    private static void write(StubXml xml, Card card) {
        writeCard(xml, card);
    }

    private static void writeCard(StubXml xml, Card card) {
        String instance = card.instance();
        String status = card.leaves.isPresent() ? "detaching" : instance.isEmpty() ? "available" : "in-use";
        xml.text("networkInterfaceId", card.id)
                .text("subnetId", card.subnet)
                .text("description", card.description)
                .text("status", status)
                .text("macAddress", "02:00:00:00:00:" + card.id.substring(card.id.length() - 2))
                .text("privateIpAddress", card.address);
        if (!instance.isEmpty()) {
            xml.in(
                    "attachment",
                    () -> xml.text("attachmentId", card.attachment())
                            .text("instanceId", instance)
                            .text("deviceIndex", card.index)
                            .text("attachTime", card.made)
                            .text("deleteOnTermination", card.dies));
        }
    }

    private static void write(StubXml xml, Subnet subnet) {
        xml.text("subnetId", subnet.id)
                .text("vpcId", Stub.VPC)
                .text("state", "available")
                .text("availabilityZone", subnet.zone)
                .text("cidrBlock", subnet.range)
                .text("defaultForAz", subnet.usual)
                .tags(subnet.tags);
    }

    private static void write(StubXml xml, Group group) {
        xml.text("groupId", group.id).text("groupName", group.name).text("vpcId", Stub.VPC);
        xml.items("ipPermissions", List.copyOf(group.in), (one, rule) -> one.text("ipProtocol", rule.split(" ")[0]));
        xml.items(
                "ipPermissionsEgress",
                List.copyOf(group.out),
                (one, rule) -> one.text("ipProtocol", rule.split(" ")[0]));
        xml.tags(group.tags);
    }
}
