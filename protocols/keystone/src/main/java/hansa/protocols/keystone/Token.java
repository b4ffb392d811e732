package hansa.protocols.keystone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What a client is told of a token. The token itself is in a header in v3, and in the body in v2.0. */
public final class Token {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Token() {}

    /** The form of instants in v3. */
    public static String micros(Instant instant) {
        return MICROS.format(instant);
    }

    /** Whose token it is, and for what; both versions are rendered from it. */
    public record Facts(
            List<String> methods,
            String userId,
            String userName,
            String auditId,
            Instant issued,
            Instant expires,
            Optional<Ref> project,
            List<Ref> roles,
            List<Service> catalogue) {

        public Facts {
            methods = List.copyOf(methods);
            roles = List.copyOf(roles);
            catalogue = List.copyOf(catalogue);
        }
    }

    public record Ref(String id, String name) {}

    /** The body of v3. */
    public record V3(Body token) {

        public static V3 of(Facts facts, boolean withCatalogue) {
            return new V3(new Body(
                    facts.methods(),
                    new User(facts.userId(), facts.userName(), Domain.DEFAULT, Optional.empty()),
                    List.of(facts.auditId()),
                    micros(facts.issued()),
                    micros(facts.expires()),
                    facts.project().map(project -> new InDomain(project.id(), project.name(), Domain.DEFAULT)),
                    facts.project().map(_ -> false),
                    facts.project().map(_ -> facts.roles()),
                    withCatalogue ? facts.project().map(_ -> facts.catalogue()) : Optional.empty()));
        }
    }

    public record Body(
            List<String> methods,
            User user,
            List<String> auditIds,
            String issuedAt,
            String expiresAt,
            Optional<InDomain> project,
            Optional<Boolean> isDomain,
            Optional<List<Ref>> roles,
            Optional<List<Service>> catalog) {}

    public record User(
            String id,
            String name,
            Domain domain,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> passwordExpiresAt) {}

    public record InDomain(String id, String name, Domain domain) {}

    /** The body of v2.0. */
    public record V2(Access access) {

        /** @param token what the client is to send from now on */
        public static V2 of(String token, Facts facts) {
            return new V2(new Access(
                    new TokenV2(
                            token,
                            SECONDS.format(facts.issued()),
                            SECONDS.format(facts.expires()),
                            facts.project().map(project -> Project.Tenant.of(project.id(), project.name())),
                            List.of(facts.auditId())),
                    new UserV2(
                            facts.userId(),
                            facts.userName(),
                            facts.userName(),
                            facts.project().isEmpty()
                                    ? List.of()
                                    : facts.roles().stream()
                                            .map(role -> new RoleV2(role.name()))
                                            .toList(),
                            List.of()),
                    facts.project().isEmpty()
                            ? List.of()
                            : facts.catalogue().stream().map(Service::toV2).toList(),
                    new Metadata(0, List.of())));
        }
    }

    public record Access(
            TokenV2 token,
            UserV2 user,
            @JsonProperty("serviceCatalog") List<Service.V2> serviceCatalog,
            Metadata metadata) {}

    public record TokenV2(
            String id, String issuedAt, String expires, Optional<Project.Tenant> tenant, List<String> auditIds) {
        @Override
        public String toString() {
            return "TokenV2[hidden]";
        }
    }

    public record UserV2(String id, String name, String username, List<RoleV2> roles, List<String> rolesLinks) {}

    public record RoleV2(String name) {}

    public record Metadata(int isAdmin, List<String> roles) {}
}
