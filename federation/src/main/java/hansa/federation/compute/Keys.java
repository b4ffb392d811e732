package hansa.federation.compute;

/**
 * The columns of a resource that queries look at; everything else of it is in its documents.
 *
 * @param owner empty = shared by everybody
 * @param image empty where the kind has none
 * @param flavour empty where the kind has none
 * @param remote the cloud's own id; empty while unknown
 */
record Keys(
        String id,
        String owner,
        String cloud,
        String title,
        String state,
        String image,
        String flavour,
        String token,
        String remote,
        long generation) {}
