package hansa.drivers.openstack;

/** Whose software answers. */
enum Dialect {
    OPENSTACK,
    SYNNEFO;

    /** @throws IllegalArgumentException with a line for the administrator */
    static Dialect of(String text) {
        return switch (text) {
            case "openstack" -> OPENSTACK;
            case "synnefo" -> SYNNEFO;
            default -> throw new IllegalArgumentException("'dialect' is openstack or synnefo, not '" + text + "'");
        };
    }
}
