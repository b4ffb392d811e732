package hansa.federation.placement;

import java.util.List;
import java.util.Set;

/** What every candidate has a place for; the names that OpenNebula has too mean the same, in cores and MiB. */
enum StandardAttribute {
    CLOUD(AttributeKind.TEXT),
    /** OpenNebula's word for what is {@link #CLOUD} here. */
    NAME(AttributeKind.TEXT),
    SITE(AttributeKind.TEXT),
    COUNTRY(AttributeKind.TEXT),
    PUBLIC_CLOUD(AttributeKind.TEXT),
    PRIORITY(AttributeKind.NUMBER),
    FREE_CPU(AttributeKind.NUMBER),
    TOTAL_CPU(AttributeKind.NUMBER),
    FREE_MEMORY(AttributeKind.NUMBER),
    FREE_DISK(AttributeKind.NUMBER),
    RUNNING_VMS(AttributeKind.NUMBER),
    RELIABILITY(AttributeKind.NUMBER),
    POWER(AttributeKind.NUMBER),
    FEATURES(AttributeKind.LIST),
    FLAVOUR(AttributeKind.TEXT),
    CORES(AttributeKind.NUMBER),
    MEMORY(AttributeKind.NUMBER),
    PRICE(AttributeKind.NUMBER);

    private static final List<StandardAttribute> ALL = List.of(values());
    private static final Set<StandardAttribute> OF_FLAVOUR = Set.of(FLAVOUR, CORES, MEMORY, PRICE);

    private final AttributeKind kind;

    StandardAttribute(AttributeKind kind) {
        this.kind = kind;
    }

    AttributeKind kind() {
        return kind;
    }

    /** Whether what stands at a place differs between the flavours of a cloud. The layout begins with these, in this order. */
    static boolean ofFlavour(int place) {
        return place < ALL.size() && OF_FLAVOUR.contains(ALL.get(place));
    }
}
