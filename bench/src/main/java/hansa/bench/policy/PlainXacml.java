package hansa.bench.policy;

import jakarta.xml.bind.JAXBException;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.PolicySet;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.Target;
import org.ow2.authzforce.core.pdp.api.AttributeFqn;
import org.ow2.authzforce.core.pdp.api.AttributeFqns;
import org.ow2.authzforce.core.pdp.api.AttributeSources;
import org.ow2.authzforce.core.pdp.api.DecisionRequest;
import org.ow2.authzforce.core.pdp.api.DecisionRequestBuilder;
import org.ow2.authzforce.core.pdp.api.DecisionResult;
import org.ow2.authzforce.core.pdp.api.value.AttributeValue;
import org.ow2.authzforce.core.pdp.api.value.Bags;
import org.ow2.authzforce.core.pdp.api.value.BooleanValue;
import org.ow2.authzforce.core.pdp.api.value.Datatype;
import org.ow2.authzforce.core.pdp.api.value.StandardDatatypes;
import org.ow2.authzforce.core.pdp.api.value.StringValue;
import org.ow2.authzforce.core.pdp.api.value.TimeValue;
import org.ow2.authzforce.core.pdp.impl.BasePdpEngine;
import org.ow2.authzforce.core.pdp.impl.PdpEngineConfiguration;
import org.ow2.authzforce.core.xmlns.pdp.Pdp;
import org.ow2.authzforce.core.xmlns.pdp.StaticPolicyProvider;
import org.ow2.authzforce.core.xmlns.pdp.TopLevelPolicyElementRef;
import org.ow2.authzforce.xacml.Xacml3JaxbHelper;

/** The limit of policies in XACML: AuthzForce alone evaluates a request that was made beforehand, naming no rule. */
final class PlainXacml {

    private static final String ROOT = "urn:hansa:bench";
    private static final String DENY_OVERRIDES =
            "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides";
    private static final String SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    private static final String ACTION = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";
    private static final String ENVIRONMENT = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";

    private final BasePdpEngine engine;
    private final DecisionRequest request;

    PlainXacml(List<Path> policies, String action, String organisation) throws IOException, JAXBException {
        List<Serializable> parts = new ArrayList<>();
        for (Path policy : policies) {
            parts.add((Serializable) Xacml3JaxbHelper.createXacml3Unmarshaller().unmarshal(policy.toFile()));
        }
        this.engine = engine(parts);
        DecisionRequestBuilder<?> builder = engine.newRequestBuilder(3, 4);
        String name = "urn:oasis:names:tc:xacml:1.0:action:action-id";
        put(builder, ACTION, name, StandardDatatypes.STRING, new StringValue(action));
        put(builder, SUBJECT, "urn:hansa:subject:operator", StandardDatatypes.BOOLEAN, BooleanValue.FALSE);
        String member = "urn:hansa:subject:member-of";
        put(builder, SUBJECT, member, StandardDatatypes.STRING, new StringValue(organisation));
        String time = "urn:oasis:names:tc:xacml:1.0:environment:current-time";
        put(builder, ENVIRONMENT, time, StandardDatatypes.TIME, new TimeValue("12:00:00Z"));
        this.request = builder.build(true);
    }

    private static BasePdpEngine engine(List<Serializable> policies) throws IOException {
        PolicySet root = new PolicySet(
                null, null, null, new Target(List.of()), policies, null, null, ROOT, "1.0", DENY_OVERRIDES, null);
        Pdp wanted = new Pdp(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new StaticPolicyProvider(List.of(root), false)),
                new TopLevelPolicyElementRef(ROOT, null, true),
                null,
                List.of(),
                "8.0",
                true,
                true,
                true,
                false,
                false,
                false,
                null,
                BigInteger.TEN,
                BigInteger.ONE,
                null);
        return new BasePdpEngine(new PdpEngineConfiguration(wanted, text -> text));
    }

    private static <V extends AttributeValue> void put(
            DecisionRequestBuilder<?> target, String category, String id, Datatype<V> type, V value) {
        AttributeFqn name = AttributeFqns.newInstance(category, Optional.empty(), id);
        target.putNamedAttributeIfAbsent(name, Bags.singletonAttributeBag(type, value, AttributeSources.REQUEST));
    }

    DecisionResult evaluate() {
        return engine.evaluate(request);
    }
}
