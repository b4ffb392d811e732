package hansa.drivers.openstack;

import java.util.List;
import java.util.Optional;

/** The services that we use. */
enum ServiceKind {
    COMPUTE("", Optional.of("compute")),
    IMAGE("/v2", Optional.empty()),
    NETWORK("/v2.0", Optional.empty()),
    VOLUME("", Optional.of("volume")),
    PLACEMENT("", Optional.of("placement")),
    /** Synnefo's, which keeps quotas. */
    ACCOUNT("", Optional.empty());

    private final String suffix;
    private final Optional<String> versioned;

    ServiceKind(String suffix, Optional<String> versioned) {
        this.suffix = suffix;
        this.versioned = versioned;
    }

    /** As catalogues call it. */
    List<String> types() {
        return switch (this) {
            case COMPUTE -> List.of("compute");
            case IMAGE -> List.of("image");
            case NETWORK -> List.of("network");
            case VOLUME -> List.of("block-storage", "volumev3", "block-store");
            case PLACEMENT -> List.of("placement");
            case ACCOUNT -> List.of("account");
        };
    }

    /** The version's part of the path, for endpoints that stand in catalogues without it. */
    String suffix() {
        return suffix;
    }

    /** Its name in {@code OpenStack-API-Version}. */
    Optional<String> versioned() {
        return versioned;
    }

    /** The newest version whose differences this driver knows. */
    Version ceiling() {
        return switch (this) {
            case COMPUTE -> new Version(2, 90);
            case VOLUME -> new Version(3, 59);
            case PLACEMENT -> new Version(1, 29);
            case IMAGE, NETWORK, ACCOUNT -> Version.NONE;
        };
    }
}
