package hansa.protocols.occi;

import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import hansa.protocols.occi.extension.ResourceTemplates;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model and the machine that the tests share. */
public final class Samples {
    private Samples() {}

    public static Model model(Profile profile) {
        return Model.builder()
                .add(Core.extension(profile))
                .add(Infrastructure.extension(profile))
                .add(ResourceTemplates.extension())
                .add(OpenStackExtension.extension())
                .build();
    }

    public static final Model MODEL = model(Profile.COMPATIBLE);

    public static Kind kind(CategoryId id) {
        return MODEL.kind(id).orElseThrow();
    }

    public static Mixin mixin(CategoryId id) {
        return MODEL.mixin(id).orElseThrow();
    }

    public static ActionDefinition action(CategoryId kind, String term) {
        return MODEL.action(Infrastructure.action(kind, term)).orElseThrow();
    }

    /** A machine with a flavour, an action and a network interface. */
    public static Resource machine() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("occi.compute.architecture", AttributeValue.of("x64"));
        attributes.put("occi.compute.cores", AttributeValue.of(2));
        attributes.put("occi.compute.memory", AttributeValue.of(new BigDecimal("2.0")));
        attributes.put("occi.compute.hostname", AttributeValue.of("vm1.example.org"));
        attributes.put("occi.compute.state", AttributeValue.of("active"));
        return new Resource(
                kind(Infrastructure.COMPUTE),
                "b9ff813e-fee5-4a9d-b839-673f39746096",
                Optional.of("My \"Dummy\" VM"),
                Optional.empty(),
                List.of(mixin(new CategoryId(ResourceTemplates.SCHEME, "small"))),
                attributes,
                List.of(action(Infrastructure.COMPUTE, "stop")),
                List.of(networkInterface()));
    }

    /** The network interface of the machine. */
    public static Link networkInterface() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("occi.networkinterface.interface", AttributeValue.of("eth0"));
        attributes.put("occi.networkinterface.state", AttributeValue.of("active"));
        attributes.put("occi.networkinterface.address", AttributeValue.of("192.168.0.100"));
        return new Link(
                kind(Infrastructure.NETWORK_INTERFACE),
                "456",
                Optional.empty(),
                List.of(mixin(Infrastructure.IP_NETWORK_INTERFACE)),
                attributes,
                List.of(),
                "/compute/b9ff813e-fee5-4a9d-b839-673f39746096",
                Optional.of(Infrastructure.COMPUTE),
                "/network/public",
                Optional.of(Infrastructure.NETWORK));
    }
}
