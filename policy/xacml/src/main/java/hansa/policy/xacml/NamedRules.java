package hansa.policy.xacml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.AdviceExpression;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.AdviceExpressions;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.AttributeAssignmentExpression;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.AttributeValueType;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.Policy;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.PolicySet;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.Rule;
import org.ow2.authzforce.xacml.Xacml3JaxbHelper;

/**
 * Gives every rule an advice that names it. A response of XACML names policies, not rules; an advice of the rules that
 * decided comes with it (XACML 3.0, §7.18).
 */
final class NamedRules {

    static final String ADVICE = "urn:hansa:policy:advice:rule";
    static final String RULE = "urn:hansa:policy:rule";
    static final String WHY = "urn:hansa:policy:why";

    private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";

    private NamedRules() {}

    /** @param element a policy or a set of policies; other parts are given back as they are */
    static Serializable in(Serializable element) {
        return switch (element) {
            case PolicySet set -> in(set);
            case Policy policy -> in(policy);
            default -> element;
        };
    }

    private static PolicySet in(PolicySet set) {
        List<Serializable> parts = new ArrayList<>();
        set.getPolicySetsAndPoliciesAndPolicySetIdReferences().forEach(part -> parts.add(in(part)));
        return new PolicySet(
                set.getDescription(),
                set.getPolicyIssuer(),
                set.getPolicySetDefaults(),
                set.getTarget(),
                parts,
                set.getObligationExpressions(),
                set.getAdviceExpressions(),
                set.getPolicySetId(),
                set.getVersion(),
                set.getPolicyCombiningAlgId(),
                set.getMaxDelegationDepth());
    }

    private static Policy in(Policy policy) {
        List<Serializable> parts = new ArrayList<>();
        for (Serializable part : policy.getCombinerParametersAndRuleCombinerParametersAndVariableDefinitions()) {
            parts.add(part instanceof Rule rule ? named(policy, rule) : part);
        }
        return new Policy(
                policy.getDescription(),
                policy.getPolicyIssuer(),
                policy.getPolicyDefaults(),
                policy.getTarget(),
                parts,
                policy.getObligationExpressions(),
                policy.getAdviceExpressions(),
                policy.getPolicyId(),
                policy.getVersion(),
                policy.getRuleCombiningAlgId(),
                policy.getMaxDelegationDepth());
    }

    private static Rule named(Policy policy, Rule rule) {
        List<AttributeAssignmentExpression> said = new ArrayList<>();
        said.add(text(RULE, policy.getPolicyId() + "/" + rule.getRuleId()));
        Optional.ofNullable(rule.getDescription())
                .map(why -> why.replaceAll("\\s+", " ").strip())
                .filter(why -> !why.isEmpty())
                .ifPresent(why -> said.add(text(WHY, why)));
        List<AdviceExpression> advice = new ArrayList<>();
        advice.add(new AdviceExpression(said, ADVICE, rule.getEffect()));
        if (rule.getAdviceExpressions() != null) {
            advice.addAll(rule.getAdviceExpressions().getAdviceExpressions());
        }
        return new Rule(
                rule.getDescription(),
                rule.getTarget(),
                rule.getCondition(),
                rule.getObligationExpressions(),
                new AdviceExpressions(advice),
                rule.getRuleId(),
                rule.getEffect());
    }

    private static AttributeAssignmentExpression text(String name, String value) {
        return new AttributeAssignmentExpression(
                Xacml3JaxbHelper.XACML_3_0_OBJECT_FACTORY.createAttributeValue(
                        new AttributeValueType(List.of(value), STRING, Map.of())),
                name,
                null,
                null);
    }
}
