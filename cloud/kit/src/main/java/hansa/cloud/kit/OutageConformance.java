package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What a driver must do while its cloud is down: open, say what the cloud has, and answer every call with
 * {@link CloudException.Unavailable} within its time limit. Tried without a cloud, so a driver's own build can run it.
 */
public interface OutageConformance {

    /** Opens a cloud where nothing answers, with a time limit of a few seconds. The kit closes it. */
    Cloud openWhereNothingAnswers();

    /** An order that the cloud would take. */
    MachineOrder anyOrder();

    @Test
    default void a_cloud_that_is_down_can_be_opened_and_closed() {
        openWhereNothingAnswers().close();
    }

    @Test
    default void every_call_to_a_cloud_that_is_down_is_answered_with_unavailable() {
        RemoteId some = new RemoteId("00000000-0000-4000-8000-000000000007");
        MachineOrder order = anyOrder();
        try (Cloud cloud = openWhereNothingAnswers()) {
            assertUnavailable(cloud::describe);
            assertUnavailable(() -> cloud.create(order));
            assertUnavailable(() -> cloud.findByToken(order.token()));
            assertUnavailable(() -> cloud.read(some));
            assertUnavailable(cloud::list);
            assertUnavailable(() -> cloud.delete(some));
            assertUnavailable(() -> cloud.power(some, PowerAction.START));
            assertUnavailable(() -> cloud.recover(Set.of(order.token())));
            cloud.facet(Volumes.class).ifPresent(volumes -> assertUnavailable(volumes::list));
            cloud.facet(VolumeCopies.class).ifPresent(copies -> {
                assertUnavailable(copies::list);
                assertUnavailable(() -> copies.take(some, order.token(), "none", RemoteVolumeCopy.Kind.BACKUP));
            });
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        Throwable refusal = Assertions.catchThrowable(call);
        assertThat(refusal).isInstanceOf(CloudException.Unavailable.class);
        assertThat(((CloudException.Unavailable) refusal).text()).isNotBlank().doesNotContain("\n");
    }

    /** The facets that the driver promises are there, so that what they are asked is refused as everything else is. */
    @Test
    default void a_cloud_that_is_down_has_its_facets() {
        try (Cloud cloud = openWhereNothingAnswers()) {
            for (Class<? extends Facet> facet : promisedFacets()) {
                assertThat(cloud.facet(facet)).as(facet.getSimpleName()).isPresent();
            }
        }
    }

    /** What the driver's {@code facets()} say. */
    Set<Class<? extends Facet>> promisedFacets();
}
