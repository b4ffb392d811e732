package hansa.protocols.keystone;

import java.util.Map;

/** A user of v3. */
public record User(String id, String name, String domainId, boolean enabled, Map<String, String> links) {

    public static User of(String id, String name, String self) {
        return new User(id, name, Domain.DEFAULT.id(), true, Map.of("self", self));
    }

    public record One(User user) {}
}
