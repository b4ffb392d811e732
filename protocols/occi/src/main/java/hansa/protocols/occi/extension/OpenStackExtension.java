package hansa.protocols.occi.extension;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Mixin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mixins of OpenStack's OCCI servers, which most clients in the field use for contextualisation. */
public final class OpenStackExtension {
    public static final CategoryId USER_DATA =
            new CategoryId("http://schemas.openstack.org/compute/instance#", "user_data");
    public static final CategoryId PUBLIC_KEY =
            new CategoryId("http://schemas.openstack.org/instance/credentials#", "public_key");
    public static final CategoryId FLOATING_IP_POOL =
            new CategoryId("http://schemas.openstack.org/network#", "floatingippool");

    /** The attribute of {@link #USER_DATA}: base64. */
    public static final String COMPUTE_USER_DATA = "org.openstack.compute.user_data";

    public static final String PUBLIC_KEY_NAME = "org.openstack.credentials.publickey.name";

    /** A line as in {@code authorized_keys}. */
    public static final String PUBLIC_KEY_DATA = "org.openstack.credentials.publickey.data";

    private OpenStackExtension() {}

    public static Extension extension() {
        return new Extension(
                "openstack",
                List.of(),
                List.of(
                        new Mixin(
                                USER_DATA,
                                "Contextualisation extension - user_data",
                                List.of(),
                                List.of(Infrastructure.COMPUTE),
                                List.of(attribute(
                                        COMPUTE_USER_DATA, STRING, "Data for the guest's first boot, in base64")),
                                List.of(),
                                Optional.of("/mixin/openstack/user_data/")),
                        new Mixin(
                                PUBLIC_KEY,
                                "Contextualisation extension - public_key",
                                List.of(),
                                List.of(Infrastructure.COMPUTE),
                                List.of(
                                        attribute(PUBLIC_KEY_NAME, STRING, "Name of the key"),
                                        attribute(PUBLIC_KEY_DATA, STRING, "Public key that may log in")),
                                List.of(),
                                Optional.of("/mixin/openstack/public_key/")),
                        new Mixin(
                                FLOATING_IP_POOL,
                                "Floating IP pool",
                                List.of(),
                                List.of(Infrastructure.NETWORK_INTERFACE),
                                List.of(),
                                List.of(),
                                Optional.of("/mixin/openstack/floatingippool/"))),
                Map.of());
    }

    /** One pool of addresses, to be chosen when a machine is linked to the public network. */
    public static Mixin floatingIpPool(String pool) {
        return new Mixin(
                new CategoryId("http://schemas.openstack.org/network/floatingippool#", pool),
                pool,
                List.of(FLOATING_IP_POOL),
                List.of(Infrastructure.NETWORK_INTERFACE),
                List.of(),
                List.of(),
                Optional.of("/mixin/openstack/floatingippool/" + pool + "/"));
    }
}
