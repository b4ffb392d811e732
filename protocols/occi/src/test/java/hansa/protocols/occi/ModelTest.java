package hansa.protocols.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.EgiExtension;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import hansa.protocols.occi.extension.ResourceTemplates;
import hansa.protocols.occi.extension.Templates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTest {
    private static final Model MODEL = Samples.MODEL;
    private static final Mixin TAG =
            Mixin.tag(CategoryId.parse("http://example.com/occi/my_stuff#my_stuff"), "", "/my_stuff/");

    @Test
    void categoriesAreFoundByIdAndByLocation() {
        Kind compute = MODEL.kind(Infrastructure.COMPUTE).orElseThrow();
        assertThat(MODEL.at("/compute/")).contains(compute);
        assertThat(MODEL.at("/mixin/resource_tpl/small/"))
                .contains(MODEL.mixin(CategoryId.parse(ResourceTemplates.SCHEME + "small"))
                        .orElseThrow());
        assertThat(MODEL.at("/nowhere/")).isEmpty();
        assertThat(MODEL.category(Infrastructure.action(Infrastructure.COMPUTE, "start")))
                .containsInstanceOf(ActionDefinition.class);
    }

    @Test
    void aKindHasTheAttributesOfItsAncestors() {
        assertThat(MODEL.attributes(Samples.kind(Infrastructure.COMPUTE)).keySet())
                .containsExactly(
                        "occi.core.id",
                        "occi.core.title",
                        "occi.core.summary",
                        "occi.compute.architecture",
                        "occi.compute.cores",
                        "occi.compute.hostname",
                        "occi.compute.share",
                        "occi.compute.memory",
                        "occi.compute.speed",
                        "occi.compute.state",
                        "occi.compute.state.message");
        assertThat(MODEL.isA(Samples.kind(Infrastructure.STORAGE_LINK), Core.LINK))
                .isTrue();
        assertThat(MODEL.isA(Samples.kind(Infrastructure.STORAGE_LINK), Core.ENTITY))
                .isTrue();
        assertThat(MODEL.isA(Samples.kind(Infrastructure.STORAGE_LINK), Core.RESOURCE))
                .isFalse();
    }

    @Test
    void theStrictProfileKnowsNothingOf11() {
        Model strict = Samples.model(Profile.STRICT);
        assertThat(strict.kind(Core.ENTITY).orElseThrow().location()).isEmpty();
        assertThat(MODEL.kind(Core.ENTITY).orElseThrow().location()).contains("/entity/");
        assertThat(strict.attributes(strict.kind(Infrastructure.COMPUTE).orElseThrow()))
                .doesNotContainKey("occi.compute.speed")
                .containsKey("occi.compute.share");
        assertThat(strict.action(Infrastructure.action(Infrastructure.STORAGE, "backup")))
                .isEmpty();
        assertThat(MODEL.action(Infrastructure.action(Infrastructure.STORAGE, "backup")))
                .isPresent();
        assertThat(strict.action(Infrastructure.action(Infrastructure.COMPUTE, "save")))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void everyDeclaredNameIsWithinTheGrammarOfTheSpecification(Profile profile) {
        Model model = Model.builder()
                .add(Core.extension(profile))
                .add(Infrastructure.extension(profile))
                .add(ResourceTemplates.extension())
                .add(OpenStackExtension.extension())
                .add(OpenStackExtension.floatingIpPool("public"))
                .add(EgiExtension.networking())
                .add(EgiExtension.securityGroups())
                .add(EgiExtension.legacyFlavour("small", "Small", Map.of("occi.compute.cores", AttributeValue.of(1))))
                .build();
        for (Category category : model.categories()) {
            assertThat(category.id().term()).matches("[a-z][a-z0-9_-]*");
            assertThat(category.id().scheme()).matches("http://[!-~]+#");
            for (AttributeDefinition attribute : category.attributes()) {
                assertThat(attribute.name()).matches("[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)*");
            }
        }
        assertThat(model.isA(model.kind(EgiExtension.IP_RESERVATION).orElseThrow(), Infrastructure.NETWORK))
                .isTrue();
    }

    @Test
    void aUserMixinComesAndGoes() {
        Model more = MODEL.with(TAG);
        assertThat(more.mixin(TAG.id())).contains(TAG);
        assertThat(more.at("/my_stuff/")).contains(TAG);
        assertThat(more.isUserDefined(TAG.id())).isTrue();
        assertThat(more.isUserDefined(Infrastructure.OS_TEMPLATE)).isFalse();
        assertThat(MODEL.mixin(TAG.id())).isEmpty();
        Model less = more.without(TAG.id());
        assertThat(less.mixin(TAG.id())).isEmpty();
        assertThat(less.at("/my_stuff/")).isEmpty();
        assertThat(less.without(TAG.id())).isSameAs(less);
    }

    @Test
    void namesAndLocationsAreTakenOnce() {
        assertThatThrownBy(() -> MODEL.with(TAG).with(TAG)).hasMessageContaining("exists already");
        assertThatThrownBy(() -> MODEL.with(Mixin.tag(TAG.id(), "", "/compute/")))
                .hasMessageContaining("The location /compute/")
                .hasMessageContaining("is taken by " + Infrastructure.COMPUTE);
        assertThatThrownBy(() -> MODEL.with(Mixin.tag(Infrastructure.COMPUTE, "", "/x/")))
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> Mixin.tag(TAG.id(), "", "my_stuff")).hasMessageContaining("begins and ends with '/'");
        assertThatThrownBy(() ->
                        Model.builder().add(Core.extension(Profile.STRICT)).add(Core.extension(Profile.STRICT)))
                .hasMessageContaining("declared twice");
    }

    @Test
    void aParentMustBeThere() {
        assertThatThrownBy(() -> Model.builder()
                        .add(Infrastructure.extension(Profile.STRICT))
                        .build())
                .hasMessageContaining("is not in the model");
        CategoryId id = new CategoryId("http://x#", "x");
        Kind loop = new Kind(id, "", Optional.of(id), List.of(), List.of(), Optional.empty());
        assertThatThrownBy(() -> Model.builder()
                        .add(new Extension("loop", List.of(loop), List.of(), Map.of()))
                        .build())
                .hasMessageContaining("its own ancestor");
    }

    @Test
    void templatesKnowTheirType() {
        Mixin image = Templates.image(
                CategoryId.parse("http://occi.example.com/occi/infrastructure/os_tpl#debian_12"), "Debian 12");
        Model more = MODEL.providing(List.of(image));
        assertThat(more.isUserDefined(image.id())).isFalse();
        assertThat(more.dependsOn(image, Infrastructure.OS_TEMPLATE)).isTrue();
        assertThat(more.dependsOn(image, Infrastructure.RESOURCE_TEMPLATE)).isFalse();
        assertThat(more.at("/mixin/os_tpl/debian_12/")).contains(image);
        assertThat(more.applies(image, Samples.kind(Infrastructure.COMPUTE))).isTrue();
        assertThat(more.applies(image, Samples.kind(Infrastructure.NETWORK))).isFalse();
        assertThat(more.applies(TAG, Samples.kind(Infrastructure.NETWORK))).isTrue();
    }

    @Test
    void theFlavoursHaveTheirSizes() {
        Mixin large = Samples.mixin(CategoryId.parse(ResourceTemplates.SCHEME + "mem_large"));
        assertThat(large.attributes().stream()
                        .map(each -> each.name() + "="
                                + each.defaultValue().orElseThrow().asText()))
                .containsExactly(
                        "occi.compute.cores=4", "occi.compute.memory=16", "occi.compute.ephemeral_storage.size=40");
    }
}
