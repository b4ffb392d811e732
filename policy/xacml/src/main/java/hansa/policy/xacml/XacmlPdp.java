package hansa.policy.xacml;

import hansa.policy.AccessRequest;
import hansa.policy.BadPolicy;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import hansa.policy.PolicyDocument;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.PolicySet;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.Target;
import org.ow2.authzforce.core.pdp.api.DecisionRequestBuilder;
import org.ow2.authzforce.core.pdp.api.DecisionResult;
import org.ow2.authzforce.core.pdp.api.PepAction;
import org.ow2.authzforce.core.pdp.api.PepActionAttributeAssignment;
import org.ow2.authzforce.core.pdp.api.value.StringValue;
import org.ow2.authzforce.core.pdp.impl.BasePdpEngine;
import org.ow2.authzforce.core.pdp.impl.PdpEngineConfiguration;
import org.ow2.authzforce.core.xmlns.pdp.StaticPolicyProvider;
import org.ow2.authzforce.core.xmlns.pdp.TopLevelPolicyElementRef;

/**
 * Decides by XACML 3.0 policies. Every document is a {@code Policy} or {@code PolicySet} that stands for itself; of
 * several a denial overrides. Immutable, thread-safe.
 */
public final class XacmlPdp implements Pdp {

    private static final String ROOT = "urn:hansa:policies";
    private static final String DENY_OVERRIDES =
            "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides";
    private static final int MOST = 1000;
    private static final BigInteger DEEPEST_VARIABLE = BigInteger.TEN;

    private final BasePdpEngine engine;
    private final RequestAttributes attributes;

    private XacmlPdp(BasePdpEngine engine, RequestAttributes attributes) {
        this.engine = engine;
        this.attributes = attributes;
    }

    /**
     * @param documents 1 to 1,000
     * @throws BadPolicy for the first that is not valid; names the line of its nearest policy or rule
     */
    public static XacmlPdp of(List<PolicyDocument> documents) throws BadPolicy {
        if (documents.isEmpty() || documents.size() > MOST) {
            throw new BadPolicy("policies", 1, "there are 1 to " + MOST + " policies, not " + documents.size(), null);
        }
        List<Serializable> all = new ArrayList<>();
        for (PolicyDocument document : documents) {
            PolicyXml xml = new PolicyXml(document);
            Serializable policy = NamedRules.in(xml.read());
            try {
                // Alone, so that what is wrong is told of the document that it is wrong in.
                engine(List.of(policy)).close();
            } catch (IllegalArgumentException | IOException e) {
                String chain = chain(e);
                throw new BadPolicy(document.name(), xml.lineOf(chain), innermost(e), e);
            }
            all.add(policy);
        }
        try {
            return new XacmlPdp(engine(all), new RequestAttributes(documents));
        } catch (IllegalArgumentException | IOException e) {
            throw new BadPolicy(documents.getLast().name(), 1, innermost(e), e);
        }
    }

    private static BasePdpEngine engine(List<Serializable> policies) throws IOException {
        PolicySet root = new PolicySet(
                null, null, null, new Target(List.of()), policies, null, null, ROOT, "1.0", DENY_OVERRIDES, null);
        org.ow2.authzforce.core.xmlns.pdp.Pdp wanted = new org.ow2.authzforce.core.xmlns.pdp.Pdp(
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
                DEEPEST_VARIABLE,
                BigInteger.ONE,
                null);
        return new BasePdpEngine(new PdpEngineConfiguration(wanted, text -> text));
    }

    private static String chain(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    private static String innermost(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    @Override
    public Decision decide(AccessRequest request) {
        DecisionRequestBuilder<?> builder =
                engine.newRequestBuilder(RequestAttributes.categories(), RequestAttributes.usual());
        attributes.put(builder, request);
        DecisionResult result = engine.evaluate(builder.build(true));
        return switch (result.getDecision()) {
            case PERMIT -> new Decision.Permit(rule(result), obligations(result));
            case DENY -> new Decision.Deny(rule(result), why(result));
            case NOT_APPLICABLE -> new Decision.NotApplicable();
            case INDETERMINATE ->
                new Decision.Indeterminate(result.getCauseForIndeterminate()
                        .map(XacmlPdp::innermost)
                        .orElse("no reason was given"));
        };
    }

    @Override
    public boolean looksAtIds() {
        return attributes.includeIds();
    }

    private static List<String> obligations(DecisionResult result) {
        return result.getPepActions().stream()
                .filter(PepAction::isMandatory)
                .map(PepAction::getId)
                .toList();
    }

    private static String rule(DecisionResult result) {
        return said(result, NamedRules.RULE).orElse("xacml");
    }

    private static String why(DecisionResult result) {
        return said(result, NamedRules.WHY).orElse("A policy denies it.");
    }

    private static Optional<String> said(DecisionResult result, String name) {
        for (PepAction action : result.getPepActions()) {
            if (action.getId().equals(NamedRules.ADVICE)) {
                for (PepActionAttributeAssignment<?> assignment : action.getAttributeAssignments()) {
                    if (assignment.getAttributeId().equals(name) && assignment.getValue() instanceof StringValue text) {
                        return Optional.of(text.getUnderlyingValue());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
