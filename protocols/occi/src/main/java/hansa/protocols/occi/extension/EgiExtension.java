package hansa.protocols.occi.extension;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.ARRAY;
import static hansa.protocols.occi.AttributeType.BOOLEAN;
import static hansa.protocols.occi.AttributeType.INTEGER;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the sites of the EGI Federated Cloud declare beyond the specifications. A service adds only the parts that it serves. */
public final class EgiExtension {
    private static final String ROOT = "http://schemas.ogf.org/occi/infrastructure/";
    private static final String FLAVOURS = "http://fedcloud.egi.eu/occi/compute/flavour/1.0#";
    private static final String FEDCLOUD = "http://schemas.fedcloud.egi.eu/occi/infrastructure/";

    public static final CategoryId IP_RESERVATION = new CategoryId(Infrastructure.SCHEME, "ipreservation");
    public static final CategoryId SECURITY_GROUP = new CategoryId(Infrastructure.SCHEME, "securitygroup");
    public static final CategoryId SECURITY_GROUP_LINK = new CategoryId(Infrastructure.SCHEME, "securitygrouplink");
    public static final CategoryId AVAILABILITY_ZONE = new CategoryId(Infrastructure.SCHEME, "availability_zone");
    public static final CategoryId REGION = new CategoryId(Infrastructure.SCHEME, "region");
    public static final CategoryId FLOATING_IP_POOL = new CategoryId(ROOT + "network#", "floatingippool");
    public static final CategoryId DEFAULT_CONNECTIVITY = new CategoryId(FEDCLOUD + "compute#", "default_connectivity");

    private EgiExtension() {}

    /** A flavour under the scheme that sites used before GFD.222, with the sizes that a site gives it. */
    public static Mixin legacyFlavour(String term, String title, Map<String, AttributeValue> defaults) {
        return Templates.flavour(
                new CategoryId(FLAVOURS, term), title, defaults, "/mixin/resource_tpl/fedcloud/" + term + "/");
    }

    /** Addresses that are reserved, zones, and the sorts of networks. */
    public static Extension networking() {
        return new Extension(
                "egi networking",
                List.of(new Kind(
                        IP_RESERVATION,
                        "IP address reservation",
                        Optional.of(Infrastructure.NETWORK),
                        List.of(
                                attribute("occi.ipreservation.address", STRING, "The address")
                                        .readOnly(),
                                attribute("occi.ipreservation.used", BOOLEAN, "Whether a machine has it")
                                        .readOnly(),
                                attribute("occi.ipreservation.state", STRING, "Current state")
                                        .readOnly()),
                        List.of(
                                action("ipreservation", "up", "Activate the reservation"),
                                action("ipreservation", "down", "Deactivate the reservation")),
                        Optional.of("/ipreservation/"))),
                List.of(
                        group(AVAILABILITY_ZONE, "Availability zone", List.of()),
                        group(REGION, "Region", List.of()),
                        group(FLOATING_IP_POOL, "Floating IP pool", List.of(IP_RESERVATION)),
                        group(DEFAULT_CONNECTIVITY, "Default connectivity", List.of(Infrastructure.COMPUTE)),
                        networkSort("nat_net", "Network behind address translation"),
                        networkSort("private_net", "Private network"),
                        networkSort("public_net", "Public network")),
                Map.of());
    }

    /** Groups of rules for the traffic of machines. */
    public static Extension securityGroups() {
        return new Extension(
                "egi security groups",
                List.of(
                        new Kind(
                                SECURITY_GROUP,
                                "Security group",
                                Optional.of(Core.RESOURCE),
                                List.of(
                                        attribute("occi.securitygroup.rules", ARRAY, "Rules for the traffic"),
                                        attribute("occi.securitygroup.state", STRING, "Current state")
                                                .readOnly()),
                                List.of(),
                                Optional.of("/securitygroup/")),
                        new Kind(
                                SECURITY_GROUP_LINK,
                                "Security group link",
                                Optional.of(Core.LINK),
                                List.of(attribute("occi.securitygrouplink.state", STRING, "Current state")
                                        .readOnly()),
                                List.of(),
                                Optional.of("/link/securitygrouplink/"))),
                List.of(),
                Map.of());
    }

    /** The devices passed through to a machine of a flavour. */
    public static List<AttributeDefinition> pciAttributes() {
        return List.of(
                attribute("eu.egi.fedcloud.compute.pci.count", INTEGER, "Number of devices"),
                attribute("eu.egi.fedcloud.compute.pci.vendor", STRING, "Vendor of the devices"),
                attribute("eu.egi.fedcloud.compute.pci.class", STRING, "Class of the devices"),
                attribute("eu.egi.fedcloud.compute.pci.device", STRING, "Model of the devices"));
    }

    private static Mixin networkSort(String term, String title) {
        return group(new CategoryId(FEDCLOUD + "network#", term), title, List.of(Infrastructure.NETWORK));
    }

    private static Mixin group(CategoryId id, String title, List<CategoryId> applies) {
        return new Mixin(id, title, List.of(), applies, List.of(), List.of(), Optional.of("/mixin/" + id.term() + "/"));
    }

    private static ActionDefinition action(String kind, String term, String title) {
        return new ActionDefinition(new CategoryId(ROOT + kind + "/action#", term), title, List.of());
    }
}
