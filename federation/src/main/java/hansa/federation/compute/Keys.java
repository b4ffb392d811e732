package hansa.federation.compute;

/**
 * The columns of a resource that queries look at; everything else of it is in its documents.
 *
 * @param owner empty = shared by everybody
 * @param vo empty = none
 * @param image of machines; of volumes what they were made of, a volume or a copy; empty where there is none
 * @param flavour of machines; of copies of volumes their kind; empty where there is none
 * @param remote the cloud's own id; empty while unknown
 */
record Keys(
        String id,
        String owner,
        String vo,
        String cloud,
        String title,
        String state,
        String image,
        String flavour,
        String token,
        String remote,
        long generation) {}
