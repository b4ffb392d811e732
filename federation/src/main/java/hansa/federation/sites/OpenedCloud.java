package hansa.federation.sites;

import hansa.cloud.Cloud;

/**
 * A cloud that was configured and opened. Who opened it closes it.
 *
 * @param driver the name of the driver that opened it
 */
public record OpenedCloud(String driver, Cloud cloud, CloudSettings settings) {

    public OpenedCloud(String driver, Cloud cloud) {
        this(driver, cloud, CloudSettings.DEFAULT);
    }
}
