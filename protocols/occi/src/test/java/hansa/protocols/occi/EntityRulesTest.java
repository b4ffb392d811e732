package hansa.protocols.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.Violation.Cause;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityRulesTest {
    private final EntityRules rules = new EntityRules(Samples.MODEL);
    private final Kind compute = Samples.kind(Infrastructure.COMPUTE);
    private final Kind storage = Samples.kind(Infrastructure.STORAGE);

    private Violations create(String name, AttributeValue value) {
        return rules.onCreate(compute, List.of(), Map.of(name, value));
    }

    @Test
    void aGoodRequestHasNoViolations() {
        Violations outcome = rules.onCreate(
                compute,
                List.of(Samples.mixin(OpenStackExtension.USER_DATA)),
                Map.of(
                        "occi.core.title",
                        AttributeValue.of("vm"),
                        "occi.compute.cores",
                        AttributeValue.of(2),
                        OpenStackExtension.COMPUTE_USER_DATA,
                        AttributeValue.of("AA==")));
        assertThat(outcome.found()).isEmpty();
        assertThat(outcome.attributes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "occi.compute.cores,two,WRONG_TYPE,must be a whole number",
        "occi.compute.cores,1.5,WRONG_TYPE,must be a whole number",
        "occi.compute.cores,0,OUT_OF_RANGE,must be from 1 to",
        "occi.compute.memory,1e999999999,WRONG_TYPE,must be a number",
        "occi.compute.architecture,arm,OUT_OF_RANGE,must be one of x86",
        "occi.compute.state,active,IMMUTABLE,is set by the provider",
        "occi.compute.colour,blue,UNKNOWN_ATTRIBUTE,leave it out",
        "org.openstack.compute.user_data,AA==,UNKNOWN_ATTRIBUTE,add the mixin",
    })
    void aBadAttributeIsNamed(String name, String value, Cause cause, String message) {
        assertThat(create(name, AttributeValue.of(value)).found())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.cause()).isEqualTo(cause);
                    assertThat(violation.attribute()).isEqualTo(name);
                    assertThat(violation.message())
                            .contains(name)
                            .contains(message)
                            .doesNotContain("\n");
                });
    }

    @Test
    void valuesAreBroughtToTheirTypes() {
        assertThat(create("occi.compute.cores", AttributeValue.of("2")).attributes())
                .containsEntry("occi.compute.cores", AttributeValue.of(2));
        assertThat(create("occi.compute.cores", AttributeValue.of(new BigDecimal("2.0")))
                        .attributes())
                .containsEntry("occi.compute.cores", AttributeValue.of(2));
        assertThat(create("occi.core.title", AttributeValue.of(7)).attributes())
                .containsEntry("occi.core.title", AttributeValue.of("7"));
        assertThat(create("occi.compute.architecture", AttributeValue.of("X64")).attributes())
                .containsEntry("occi.compute.architecture", AttributeValue.of("x64"));
    }

    @Test
    void misspeltNamesThatAreOutThereAreUnderstood() {
        Violations outcome = rules.onCreate(
                compute,
                List.of(Samples.mixin(Infrastructure.SSH_KEY)),
                Map.of("occi.crendentials.ssh.publickey", AttributeValue.of("ssh-ed25519 AAAA me")));
        assertThat(outcome.found()).isEmpty();
        assertThat(outcome.attributes()).containsOnlyKeys(Infrastructure.SSH_PUBLIC_KEY);
    }

    @Test
    void whatIsRequiredIsRequiredAtCreationOnly() {
        assertThat(rules.onCreate(storage, List.of(), Map.of()).found())
                .extracting(Violation::cause, Violation::attribute)
                .containsExactly(Tuple.tuple(Cause.MISSING_REQUIRED, "occi.storage.size"));
        assertThat(rules.onReplace(storage, List.of(), Map.of(), Map.of()).isEmpty())
                .isFalse();
        assertThat(rules.onUpdate(storage, List.of(), Map.of(), Map.of()).isEmpty())
                .isTrue();
        assertThat(rules.onCreate(storage, List.of(), Map.of("occi.storage.size", AttributeValue.of("big")))
                        .found())
                .extracting(Violation::cause)
                .containsExactly(Cause.WRONG_TYPE);
    }

    @Test
    void anImmutableAttributeMayBeSentBackUnchanged() {
        Map<String, AttributeValue> current = Map.of(
                "occi.core.id", AttributeValue.of("1"),
                "occi.compute.state", AttributeValue.of("active"),
                "occi.compute.memory", AttributeValue.of(new BigDecimal("2.0")));
        assertThat(rules.onReplace(compute, List.of(), current, current).found())
                .isEmpty();
        assertThat(rules.onUpdate(compute, List.of(), Map.of("occi.core.id", AttributeValue.of("2")), current)
                        .found())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.cause()).isEqualTo(Cause.IMMUTABLE);
                    assertThat(violation.message()).contains("cannot be changed after creation");
                });
        assertThat(create("occi.core.id", AttributeValue.of("2")).found()).isEmpty();
    }

    @Test
    void aMixinMustApply() {
        assertThat(rules.onCreate(compute, List.of(Samples.mixin(Infrastructure.IP_NETWORK)), Map.of())
                        .found())
                .extracting(Violation::cause)
                .containsExactly(Cause.MIXIN_NOT_APPLICABLE);
    }

    @Test
    void theArgumentsOfAnActionAreChecked() {
        ActionDefinition stop = Samples.action(Infrastructure.COMPUTE, "stop");
        ActionDefinition resize = Samples.action(Infrastructure.STORAGE, "resize");
        assertThat(rules.onInvoke(stop, Map.of("method", AttributeValue.of("graceful")))
                        .isEmpty())
                .isTrue();
        assertThat(rules.onInvoke(stop, Map.of()).isEmpty()).isTrue();
        assertThat(rules.onInvoke(stop, Map.of("method", AttributeValue.of("softly")))
                        .message())
                .contains("must be one of graceful, acpioff, poweroff");
        assertThat(rules.onInvoke(resize, Map.of()).found())
                .extracting(Violation::cause)
                .containsExactly(Cause.MISSING_REQUIRED);
    }
}
