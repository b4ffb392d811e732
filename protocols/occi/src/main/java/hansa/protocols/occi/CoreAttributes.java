package hansa.protocols.occi;

/** The names that the model's own properties have in a rendering (GFD.229, Entity Instance Attribute Rendering Specifics). */
public final class CoreAttributes {
    public static final String ID = "occi.core.id";
    public static final String TITLE = "occi.core.title";
    public static final String SUMMARY = "occi.core.summary";
    public static final String SOURCE = "occi.core.source";
    public static final String SOURCE_KIND = "occi.core.source.kind";
    public static final String TARGET = "occi.core.target";
    public static final String TARGET_KIND = "occi.core.target.kind";

    private CoreAttributes() {}
}
