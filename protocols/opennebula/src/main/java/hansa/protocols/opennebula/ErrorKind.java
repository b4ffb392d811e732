package hansa.protocols.opennebula;

/** OpenNebula's error codes. */
public enum ErrorKind {
    /** The user could not be authenticated. */
    AUTHENTICATION(0x100),
    /** Not allowed, or a quota is used up. */
    AUTHORIZATION(0x200),
    NO_EXISTS(0x400),
    /** The state does not allow it; also: not enough space in a datastore. */
    ACTION(0x800),
    /** Wrong parameters. */
    RPC_API(0x1000),
    /** Something inside failed; also: a template cannot be parsed. */
    INTERNAL(0x2000),
    /** It cannot be made, for example since its name is taken. */
    ALLOCATE(0x4000),
    LOCKED(0x8000),
    /** The server that was asked is not the leader. */
    REPLICATION(0x10000),
    /** A code that is not in this list. */
    UNKNOWN(-1);

    private final int code;

    ErrorKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static ErrorKind of(int code) {
        for (ErrorKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
