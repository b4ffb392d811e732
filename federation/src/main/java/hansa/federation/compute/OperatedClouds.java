package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest.Resource;
import java.util.Map;
import java.util.Optional;

/** What operators may ask of a cloud as a whole. */
record OperatedClouds(Access access, CloudAccess clouds) {

    /**
     * @param without what a cloud cannot do that does not have the facet
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code cloud.unsupported}
     */
    void require(Caller caller, CloudName cloud, Class<? extends Facet> facet, String without) {
        Resource about = new Resource("site", "", Optional.empty(), Optional.empty(), Map.of("cloud", cloud.value()));
        access.require(caller, Action.SITE_UPDATE, new Guarded(Action.SITE_READ, about));
        if (!clouds.names().contains(cloud)) {
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is no cloud '" + cloud + "'; list the clouds for those that there are.");
        }
        if (!clouds.has(cloud, facet)) {
            throw new Failure(ErrorCode.CLOUD_UNSUPPORTED, "The cloud '" + cloud + "' " + without + ".");
        }
    }
}
