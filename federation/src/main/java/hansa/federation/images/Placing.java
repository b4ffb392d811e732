package hansa.federation.images;

import hansa.cloud.RemoteId;

/** Whether an image can be booted at a cloud. */
public sealed interface Placing {

    record Ready(RemoteId remote) implements Placing {}

    /** Not yet; it is being worked at. */
    record NotYet(String why) implements Placing {}

    /** It will not be without somebody's doing. */
    record Never(String why) implements Placing {}
}
