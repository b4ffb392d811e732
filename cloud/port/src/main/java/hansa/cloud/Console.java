package hansa.cloud;

/** What a guest prints on its first serial line. */
public non-sealed interface Console extends Facet {

    /**
     * Reads from the console's log.
     *
     * @param offset in bytes from the machine's first boot; below what is still kept it starts at the oldest kept byte
     * @param maxBytes 1 to 1 MiB
     */
    Output read(RemoteId machine, long offset, int maxBytes);

    /**
     * A piece of the log.
     *
     * @param next the offset to go on from
     */
    record Output(Bytes content, long next) {}
}
