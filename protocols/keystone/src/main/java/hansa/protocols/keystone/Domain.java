package hansa.protocols.keystone;

import java.util.List;

/** A domain of v3. */
public record Domain(String id, String name) {

    /** The one that every installation of Keystone has. */
    public static final Domain DEFAULT = new Domain("default", "Default");

    /** A domain in a list. */
    public record Entry(String id, String name, String description, boolean enabled) {}

    public record Many(List<Entry> domains, Links links) {

        public static Many theDefault(String self) {
            return new Many(List.of(new Entry(DEFAULT.id(), DEFAULT.name(), "The only domain", true)), new Links(self));
        }
    }
}
