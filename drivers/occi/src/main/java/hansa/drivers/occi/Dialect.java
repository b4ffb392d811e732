package hansa.drivers.occi;

import java.util.Locale;
import java.util.Optional;

/**
 * How servers differ, all of it. Who is not known is taken to do no more than the oldest specification asks for. Requests are
 * in {@code text/plain} for all of them.
 */
enum Dialect {
    /** Another Hansa: takes ids of ours, tells in a list all that there is, and of an entity without actions that it is busy. */
    HANSA(Mark.ID, Lists.WHOLE, Memory.GIB, 2, false, true),
    /** rOCCI-server 1: text, JSON only in the form of a draft, no changes; its inactive machines are on their way. */
    ROCCI_1(Mark.TITLE, Lists.LOCATIONS, Memory.GIB, 1, true, false),
    /** rOCCI-server 2: JSON of OCCI 1.2; OpenNebula behind it gives another size to machines that are off only. */
    ROCCI_2(Mark.TITLE, Lists.WHOLE, Memory.GIB, 1, true, false),
    /** ooi on OpenStack: answers a creation with 200 and the resource, and tells memory in MiB. */
    OOI(Mark.TITLE, Lists.LOCATIONS, Memory.MIB, 1, false, false),
    /** pyssf and what is built on it: keeps summaries and filters by them. */
    PYSSF(Mark.SUMMARY, Lists.LOCATIONS, Memory.GIB, 1, false, false),
    /** Anybody else. */
    OTHER(Mark.TITLE, Lists.LOCATIONS, Memory.GIB, 1, true, false);

    /** Where a token is left. */
    enum Mark {
        /** In {@code occi.core.id}: the server itself refuses the second creation. */
        ID,
        /** In {@code occi.core.summary}, which the server can be asked for. */
        SUMMARY,
        /** Behind the name in {@code occi.core.title}, which is all that some servers keep. */
        TITLE
    }

    /** What a collection answers. */
    enum Lists {
        /** The entities themselves, in JSON. */
        WHOLE,
        /** Where they are; each is read for itself. */
        LOCATIONS
    }

    /** The unit of {@code occi.compute.memory} in what the server tells; GiB is what the specification says. */
    enum Memory {
        GIB,
        MIB
    }

    private final Mark mark;
    private final Lists lists;
    private final Memory memory;
    private final int keyMixins;
    private final boolean resizesOnlyStopped;
    private final boolean showsWhatIsBusy;

    Dialect(Mark mark, Lists lists, Memory memory, int keyMixins, boolean resizesOnlyStopped, boolean showsWhatIsBusy) {
        this.mark = mark;
        this.lists = lists;
        this.memory = memory;
        this.keyMixins = keyMixins;
        this.resizesOnlyStopped = resizesOnlyStopped;
        this.showsWhatIsBusy = showsWhatIsBusy;
    }

    /** What the query interface shows of who answers, since a proxy before a server may put its own name in {@code Server}. */
    enum Sign {
        /** Attributes of Hansa's own. */
        HANSA,
        /** Images under OpenStack's scheme, as occi-os and ooi offer them. */
        OPENSTACK,
        NONE
    }

    /** @param server the header {@code Server} */
    static Dialect of(Optional<String> server, Sign sign) {
        String name = server.orElse("").toLowerCase(Locale.ROOT);
        if (sign == Sign.HANSA || name.startsWith("hansa/")) {
            return HANSA;
        }
        if (name.contains("rocci")) {
            return name.contains("rocci-server/2") || name.contains("occi/1.2") ? ROCCI_2 : ROCCI_1;
        }
        if (name.contains("pyssf")) {
            return PYSSF;
        }
        return name.contains("ooi") || sign == Sign.OPENSTACK && name.contains("occi/1.2") ? OOI : OTHER;
    }

    Mark mark() {
        return mark;
    }

    Lists lists() {
        return lists;
    }

    Memory memory() {
        return memory;
    }

    /** How many public keys it takes by mixins; the others go into the user data. */
    int keyMixins() {
        return keyMixins;
    }

    boolean resizesOnlyStopped() {
        return resizesOnlyStopped;
    }

    /** Whether an entity that is being made or deleted offers no actions, by which it is told from one that is at rest. */
    boolean showsWhatIsBusy() {
        return showsWhatIsBusy;
    }

    /** The longest title that is kept whole. Names of OpenNebula's machines, which is behind rOCCI, are shorter than others. */
    int longestTitle() {
        return switch (this) {
            case ROCCI_1, ROCCI_2 -> 128;
            case HANSA, OOI, PYSSF, OTHER -> 255;
        };
    }

    /** Which state means that a machine is off. Where it means that it is frozen too, nothing can be frozen for good. */
    Off off() {
        return switch (this) {
            case ROCCI_1 -> Off.SUSPENDED;
            case ROCCI_2 -> Off.INACTIVE_OR_FROZEN;
            case HANSA, OOI, PYSSF, OTHER -> Off.INACTIVE;
        };
    }

    /** See {@link #off}. */
    enum Off {
        /** As the specification has it. */
        INACTIVE,
        /** {@code inactive} stands for a machine that was frozen, too. */
        INACTIVE_OR_FROZEN,
        /** {@code suspended} stands for both, and {@code inactive} for what is on its way. */
        SUSPENDED;

        boolean isFrozenToo() {
            return this != INACTIVE;
        }
    }

    /** Whether a link may be of a mixin beside its kind. */
    boolean takesMixinsOfLinks() {
        return this != PYSSF;
    }

    /**
     * Whether only user data in which a line is {@code #cloud-config} reaches the guest as it is; all other stays in base64
     * there.
     */
    boolean decodesOnlyCloudConfig() {
        return this == ROCCI_1;
    }

    /** The rendering that is asked for. */
    String accepts() {
        return switch (lists) {
            case WHOLE -> "application/occi+json";
            case LOCATIONS -> "text/plain";
        };
    }
}
