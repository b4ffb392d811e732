package hansa.kernel.base;

/**
 * Every way in which Hansa says no, under a dotted name that never changes and is never reused.
 *
 * <p>A face maps each constant to its own protocol in one switch without {@code default}; {@code docs/errors.md} is
 * generated from this list.
 */
public enum ErrorCode {
    REQUEST_MALFORMED("request.malformed", Kind.USER, false, "The request cannot be read."),
    REQUEST_TOO_LARGE("request.too-large", Kind.USER, false, "A body, header or page is larger than the limit."),
    REQUEST_MEDIA_TYPE("request.media-type", Kind.USER, false, "The media type sent or asked for is not offered here."),
    REQUEST_METHOD("request.method", Kind.USER, false, "The method is not allowed here."),
    REQUEST_VERSION("request.version", Kind.USER, false, "The client asks for a protocol version that is not offered."),
    CATEGORY_UNKNOWN("category.unknown", Kind.USER, false, "A kind, mixin or action is not known here."),
    CATEGORY_NOT_APPLICABLE("category.not-applicable", Kind.USER, false, "A mixin does not apply to this kind."),
    ATTRIBUTE_INVALID("attribute.invalid", Kind.USER, false, "An attribute has the wrong type or an impossible value."),
    ATTRIBUTE_IMMUTABLE("attribute.immutable", Kind.USER, false, "An attribute cannot be set by clients."),
    ATTRIBUTE_MISSING("attribute.missing", Kind.USER, false, "A required attribute is missing."),
    LINK_TARGET_MISSING("link.target-missing", Kind.USER, false, "A link points to nothing."),
    NETWORK_AMBIGUOUS("network.ambiguous", Kind.STATE, false, "Several networks fit and none was chosen."),
    RESOURCE_NOT_FOUND("resource.not-found", Kind.USER, false, "There is no such resource, or it is not the caller's."),
    RESOURCE_EXISTS("resource.exists", Kind.STATE, false, "A resource with this identifier exists already."),
    RESOURCE_CHANGED(
            "resource.changed", Kind.STATE, true, "The resource changed in the meantime; read it and try again."),
    RESOURCE_IN_USE("resource.in-use", Kind.STATE, false, "The resource is used by another one."),
    ACTION_WRONG_STATE("action.wrong-state", Kind.STATE, false, "The action is not possible in the resource's state."),
    IDENTITY_REQUIRED("identity.required", Kind.USER, false, "No credentials were sent."),
    IDENTITY_INVALID("identity.invalid", Kind.USER, false, "The credentials are wrong, expired or revoked."),
    IDENTITY_UNCHECKED(
            "identity.unchecked",
            Kind.REMOTE,
            true,
            "The credentials cannot be checked now: who vouches for them does not answer."),
    POLICY_DENIED("policy.denied", Kind.USER, false, "A policy denies it."),
    QUOTA_EXCEEDED("quota.exceeded", Kind.CAPACITY, false, "The caller's quota is used up."),
    CAPACITY_EXHAUSTED("capacity.exhausted", Kind.CAPACITY, true, "No cloud has room at the moment."),
    RATE_LIMITED("rate.limited", Kind.CAPACITY, true, "Too many requests; wait and try again."),
    IMAGE_CHECKSUM("image.checksum", Kind.USER, false, "The image is not the one that was announced."),
    IMAGE_SOURCE("image.source", Kind.USER, false, "The image cannot be read from its source."),
    CLOUD_UNAVAILABLE("cloud.unavailable", Kind.REMOTE, true, "The cloud does not answer."),
    CLOUD_REFUSED("cloud.refused", Kind.REMOTE, false, "The cloud refused the request."),
    CLOUD_UNSUPPORTED("cloud.unsupported", Kind.REMOTE, false, "The cloud cannot do this."),
    STORE_FULL("store.full", Kind.CAPACITY, true, "The disk under the store is full."),
    STORE_UNAVAILABLE("store.unavailable", Kind.INTERNAL, true, "The store does not answer."),
    SHUTTING_DOWN("server.stopping", Kind.CAPACITY, true, "The server is stopping."),
    INTERNAL("internal", Kind.INTERNAL, false, "A fault in Hansa; the request id leads to the log.");

    /** Who has to act. */
    public enum Kind {
        USER,
        STATE,
        CAPACITY,
        REMOTE,
        INTERNAL
    }

    private final String dotted;
    private final Kind kind;
    private final boolean retryable;
    private final String meaning;

    ErrorCode(String dotted, Kind kind, boolean retryable, String meaning) {
        this.dotted = dotted;
        this.kind = kind;
        this.retryable = retryable;
        this.meaning = meaning;
    }

    /** The stable name, for example {@code network.ambiguous}. */
    public String dotted() {
        return dotted;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence for the reference page. */
    public String meaning() {
        return meaning;
    }
}
