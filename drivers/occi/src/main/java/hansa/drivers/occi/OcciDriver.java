package hansa.drivers.occi;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Set;

/** Machines of a cloud that speaks OCCI, made with one account of it. */
public final class OcciDriver implements CloudDriver {

    @Override
    public String name() {
        return "occi";
    }

    @Override
    public List<Setting> settings() {
        return OcciSettings.ALL;
    }

    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(Volumes.class, Networks.class, Resizing.class, Adoption.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        return new OcciCloud(OcciSettings.of(settings));
    }
}
