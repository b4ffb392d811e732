package hansa.drivers.openstack;

import java.util.List;
import java.util.Optional;

/** The services that we use. */
enum ServiceKind {
    COMPUTE(List.of("compute"), "", Optional.of("compute"), new Version(2, 90)),
    IMAGE(List.of("image"), "/v2", Optional.empty(), Version.NONE),
    NETWORK(List.of("network"), "/v2.0", Optional.empty(), Version.NONE),
    VOLUME(List.of("block-storage", "volumev3", "block-store"), "", Optional.of("volume"), new Version(3, 59)),
    PLACEMENT(List.of("placement"), "", Optional.of("placement"), new Version(1, 29));

    private final List<String> types;
    private final String suffix;
    private final Optional<String> versioned;
    private final Version ceiling;

    ServiceKind(List<String> types, String suffix, Optional<String> versioned, Version ceiling) {
        this.types = types;
        this.suffix = suffix;
        this.versioned = versioned;
        this.ceiling = ceiling;
    }

    /** As catalogues call it. */
    List<String> types() {
        return types;
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
        return ceiling;
    }
}
