package hansa.drivers.occi;

import hansa.cloud.Accounts;
import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.cloud.Vouching;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines of a cloud that speaks OCCI, made with one account of it, or at another Hansa in the names of members. */
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
        return Set.of(
                Volumes.class, VolumeCopies.class, Networks.class, Resizing.class, Adoption.class, Accounts.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        OcciSettings wanted = OcciSettings.of(settings);
        return new OcciCloud(wanted, wanted.partner().map(site -> persons(site, surroundings.vouching())));
    }

    private static Persons persons(String site, Optional<Vouching> vouching) {
        Vouching node = vouching.orElseThrow(() -> new IllegalArgumentException(
                "'partner' is set, but this node vouches for nobody; set site.url and identity.federation"));
        if (!node.reaches(site)) {
            throw new IllegalArgumentException(
                    "'partner' is '" + site + "', which is the url of no site in identity.federation");
        }
        return new Persons(node, site);
    }
}
