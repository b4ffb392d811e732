package hansa.drivers.opennebula;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Snapshots;
import hansa.cloud.UsageHistory;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Set;

/** Machines of an OpenNebula, made with one of its accounts. */
public final class OpenNebulaDriver implements CloudDriver {

    @Override
    public String name() {
        return "opennebula";
    }

    @Override
    public List<Setting> settings() {
        return OpenNebulaSettings.ALL;
    }

    /** Snapshots need {@code keep-snapshots}, and the image store {@code image-server} and {@code datastores}. */
    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(
                Volumes.class,
                VolumeCopies.class,
                Networks.class,
                Resizing.class,
                Adoption.class,
                Snapshots.class,
                ImageStore.class,
                UsageHistory.class,
                HostAffinity.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        return new OpenNebulaCloud(OpenNebulaSettings.of(settings));
    }
}
