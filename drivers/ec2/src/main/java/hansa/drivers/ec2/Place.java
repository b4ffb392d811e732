package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where everything of a cloud is: one zone, and one VPC in it. What is set by configuration is not asked for; the rest is asked
 * once, when it is first needed.
 */
final class Place {

    /** A network of EC2. */
    record Subnet(
            String id,
            String vpc,
            String zone,
            String cidr,
            boolean available,
            boolean isDefault,
            Map<String, String> tags) {

        static Subnet read(Element item) {
            return new Subnet(
                    Instance.required(item, "subnetId"),
                    item.text("vpcId"),
                    item.text("availabilityZone"),
                    item.text("cidrBlock"),
                    item.text("state").equals("available"),
                    item.flag("defaultForAz"),
                    Tags.read(item));
        }

        String name() {
            return Optional.ofNullable(tags.get(Tags.NAME))
                    .filter(name -> !name.isBlank())
                    .orElse(id);
        }
    }

    private final Query query;
    private final Ec2Settings settings;
    private volatile Optional<String> zone;
    private volatile Optional<String> vpc;

    Place(Query query, Ec2Settings settings) {
        this.query = query;
        this.settings = settings;
        this.zone = settings.zone();
        this.vpc = settings.vpc();
    }

    String zone() {
        return zone.orElseGet(() -> {
            String found = settings.subnet().isPresent()
                    ? configuredSubnet(settings.subnet().get()).zone()
                    : firstZone();
            zone = Optional.of(found);
            return found;
        });
    }

    private String firstZone() {
        return query.some(Form.of("DescribeAvailabilityZones"), "availabilityZoneInfo").stream()
                .filter(one -> one.text("zoneState").equals("available"))
                .map(one -> one.text("zoneName"))
                .filter(name -> !name.isEmpty())
                .sorted()
                .findFirst()
                .orElseThrow(() -> new CloudException.Unavailable("EC2 has no zone that is available"));
    }

    /** Empty where the account has no default VPC and none is configured. */
    Optional<String> vpc() {
        if (vpc.isEmpty()) {
            vpc = settings.subnet().isPresent()
                    ? Optional.of(configuredSubnet(settings.subnet().get()).vpc())
                    : query.some(Form.of("DescribeVpcs").filter("is-default", "true"), "vpcSet").stream()
                            .map(one -> one.text("vpcId"))
                            .findFirst();
        }
        return vpc;
    }

    private Subnet configuredSubnet(String id) {
        return find(id).orElseThrow(() -> new CloudException.NotFound(
                "EC2 has no subnet '" + id + "'; the administrator has to mend the setting 'subnet'"));
    }

    Optional<Subnet> find(String id) {
        return query.one(Form.of("DescribeSubnets").list("SubnetId", List.of(id)), "subnetSet")
                .map(Subnet::read);
    }

    /** The networks of the zone and the VPC. */
    List<Subnet> subnets() {
        Optional<String> home = vpc();
        if (home.isEmpty()) {
            return List.of();
        }
        return query
                .all(
                        Form.of("DescribeSubnets").filter("vpc-id", home.get()).filter("availability-zone", zone()),
                        "subnetSet")
                .stream()
                .map(Subnet::read)
                .toList();
    }

    /**
     * The network of machines that ask for none; empty where EC2 has no networks for us and places them itself.
     *
     * @throws CloudException.InvalidRequest where several might be meant
     */
    Optional<String> usualSubnet(Tags tags) {
        if (settings.subnet().isPresent()) {
            return settings.subnet();
        }
        List<Subnet> all = subnets();
        Optional<Subnet> usual = all.stream().filter(Subnet::isDefault).findFirst();
        if (usual.isPresent()) {
            return usual.map(Subnet::id);
        }
        List<Subnet> theirs =
                all.stream().filter(one -> tags.tokenOf(one.tags()).isEmpty()).toList();
        List<Subnet> choice = theirs.isEmpty() ? all : theirs;
        if (choice.size() > 1) {
            throw new CloudException.InvalidRequest("the zone " + zone() + " has several networks; choose one of "
                    + choice.stream().map(Subnet::name).collect(Collectors.joining(", ")));
        }
        return choice.stream().findFirst().map(Subnet::id);
    }
}
