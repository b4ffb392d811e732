package hansa.federation.sites;

import hansa.cloud.Cloud;

/**
 * A cloud that was configured and opened. Who opened it closes it.
 *
 * @param driver the name of the driver that opened it
 * @param profile what the operator says of it
 */
public record OpenedCloud(String driver, Cloud cloud, CloudSettings settings, CloudProfile profile) {

    /** One of which nothing is said. */
    public OpenedCloud(String driver, Cloud cloud) {
        this(driver, cloud, CloudSettings.DEFAULT);
    }

    /** One of which nothing is said but how it is called. */
    public OpenedCloud(String driver, Cloud cloud, CloudSettings settings) {
        this(driver, cloud, settings, CloudProfile.UNSAID);
    }
}
