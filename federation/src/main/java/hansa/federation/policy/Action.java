package hansa.federation.policy;

/** Everything that can be asked for, as policies, scopes of tokens and the audit log name it. */
public enum Action {
    MACHINE_LIST("machine.list"),
    MACHINE_READ("machine.read"),
    MACHINE_CREATE("machine.create"),
    MACHINE_UPDATE("machine.update"),
    MACHINE_DELETE("machine.delete"),
    /** Start, stop, restart, suspend, resume, save. */
    MACHINE_ACT("machine.act"),
    MACHINE_CONSOLE("machine.console"),
    /** Asked again and again while it runs. */
    MACHINE_RUN("machine.run"),
    VOLUME_LIST("volume.list"),
    VOLUME_READ("volume.read"),
    VOLUME_CREATE("volume.create"),
    VOLUME_UPDATE("volume.update"),
    VOLUME_DELETE("volume.delete"),
    VOLUME_ACT("volume.act"),
    NETWORK_LIST("network.list"),
    NETWORK_READ("network.read"),
    NETWORK_CREATE("network.create"),
    NETWORK_UPDATE("network.update"),
    NETWORK_DELETE("network.delete"),
    NETWORK_ACT("network.act"),
    TAG_LIST("tag.list"),
    TAG_CREATE("tag.create"),
    TAG_UPDATE("tag.update"),
    TAG_DELETE("tag.delete"),
    IMAGE_LIST("image.list"),
    IMAGE_READ("image.read"),
    IMAGE_CREATE("image.create"),
    IMAGE_UPDATE("image.update"),
    IMAGE_DELETE("image.delete"),
    SITE_LIST("site.list"),
    SITE_READ("site.read"),
    SITE_UPDATE("site.update"),
    USER_LIST("user.list"),
    USER_CREATE("user.create"),
    USER_DELETE("user.delete"),
    TOKEN_LIST("token.list"),
    TOKEN_CREATE("token.create"),
    TOKEN_DELETE("token.delete"),
    /** A signed statement about oneself for another site. */
    ASSERTION_CREATE("assertion.create"),
    ORGANISATION_LIST("vo.list"),
    ORGANISATION_READ("vo.read"),
    ORGANISATION_CREATE("vo.create"),
    ORGANISATION_UPDATE("vo.update"),
    ORGANISATION_DELETE("vo.delete"),
    /** To ask for membership, or to leave. */
    ORGANISATION_JOIN("vo.join"),
    MEMBER_LIST("member.list"),
    MEMBER_UPDATE("member.update"),
    /** To have one's own groups and roles certified for other sites. */
    MEMBER_CERTIFY("member.certify"),
    /** To set what a virtual organisation may have. */
    QUOTA_UPDATE("quota.update"),
    MAPPING_READ("mapping.read"),
    MAPPING_UPDATE("mapping.update"),
    /** Who works under which account of a cloud. */
    ACCOUNT_READ("account.read"),
    ACCOUNT_UPDATE("account.update"),
    POLICY_READ("policy.read"),
    POLICY_UPDATE("policy.update"),
    POLICY_EVALUATE("policy.evaluate"),
    AUDIT_READ("audit.read");

    private final String dotted;

    Action(String dotted) {
        this.dotted = dotted;
    }

    /** Type and verb, for example {@code machine.create}. */
    public String dotted() {
        return dotted;
    }

    /** What it is done to, for example {@code machine}. */
    public String type() {
        return dotted.substring(0, dotted.indexOf('.'));
    }
}
