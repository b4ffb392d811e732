package hansa.federation.caller;

/** How a caller showed who they are. */
public enum Proof {
    /** Not at all: the installation is open to everyone who reaches it. */
    OPEN,
    /** An API token of this installation. */
    TOKEN,
    /** User and password. */
    BASIC,
    /** An X.509 certificate of their own. */
    CERTIFICATE,
    /** A proxy certificate, with or without VOMS attributes. */
    PROXY,
    /** An access token of an OpenID provider. */
    OIDC,
    /** A SAML 2.0 assertion. */
    SAML,
    /** An assertion that another part of the federation signed for this site. */
    ASSERTION,
    /** Hansa itself, carrying out what somebody asked for before. */
    INTERNAL
}
