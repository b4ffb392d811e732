package hansa.protocols.keystone;

import java.util.List;
import java.util.Map;

/** A project of v3; there is one domain, and no tree of projects. */
public record Project(
        String id,
        String name,
        String domainId,
        String parentId,
        String description,
        boolean enabled,
        boolean isDomain,
        List<String> tags,
        Map<String, String> links) {

    /** @param root where v3 is, for example {@code https://host:8443/v3} */
    public static Project of(String id, String name, String root) {
        return new Project(
                id,
                name,
                Domain.DEFAULT.id(),
                Domain.DEFAULT.id(),
                "",
                true,
                false,
                List.of(),
                Map.of("self", root + "/projects/" + id));
    }

    /** Answers one. */
    public record One(Project project) {}

    /** Answers all; there are no further pages. */
    public record Many(List<Project> projects, Links links) {
        public static Many of(List<Project> projects, String self) {
            return new Many(List.copyOf(projects), new Links(self));
        }
    }

    /** A tenant of v2.0. */
    public record Tenant(String id, String name, String description, boolean enabled) {
        public static Tenant of(String id, String name) {
            return new Tenant(id, name, "", true);
        }
    }

    public record Tenants(List<Tenant> tenants, List<String> tenantsLinks) {
        public static Tenants of(List<Tenant> tenants) {
            return new Tenants(List.copyOf(tenants), List.of());
        }
    }
}
