package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;

/** What is said about things that are not there. */
final class Missing {

    private Missing() {}

    static CloudException.NotFound machine(RemoteId id) {
        return new CloudException.NotFound("there is no machine " + id);
    }

    static CloudException.NotFound volume(RemoteId id) {
        return new CloudException.NotFound("there is no volume " + id);
    }

    static CloudException.NotFound copy(RemoteId id) {
        return new CloudException.NotFound("there is no copy " + id);
    }

    static CloudException.NotFound account(String name) {
        return new CloudException.NotFound("there is no account '" + name + "'");
    }

    static CloudException.NotFound network(RemoteId id) {
        return new CloudException.NotFound("there is no network " + id);
    }

    static CloudException.NotFound image(RemoteId id) {
        return new CloudException.NotFound("there is no image " + id);
    }

    static CloudException.NotFound flavour(RemoteId id) {
        return new CloudException.NotFound("there is no flavour " + id);
    }

    static CloudException.NotFound snapshot(RemoteId id) {
        return new CloudException.NotFound("there is no snapshot " + id);
    }
}
